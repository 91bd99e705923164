import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { firstPage } from "@/state/address";
import { projectPage } from "@/state/pages";
import { addressOfPage, changePage, changeView, followAddress, moveCamera, openPage, openView, select, view } from "@/state/view";
import type { PlanPage } from "@/state/address";

let stop: () => void;
beforeEach(() => {
  history.replaceState(null, "", "/plan?lang=en");
  stop = followAddress();
});
afterEach(() => stop());

const address = () => location.pathname + location.search;

describe("the view", () => {
  it("begins with what the address says", () => {
    expect(view.value.page).toEqual(firstPage("plan"));
    expect(view.value.language).toBe("en");
  });

  it("writes a step that can be undone, and small changes without one", () => {
    const before = history.length;
    changePage<PlanPage>("plan", { words: "学校" });
    moveCamera({ lon: 1, lat: 2, zoom: 3, bearing: 0, pitch: 0 });
    expect(history.length).toBe(before);
    openPage(projectPage(12));
    expect(history.length).toBe(before + 1);
    expect(address()).toBe("/projects/12?lang=en&at=1,2,3");
  });

  it("follows the browser's back button", () => {
    openView("map");
    history.replaceState(null, "", "/plan/T001");
    window.dispatchEvent(new PopStateEvent("popstate"));
    expect(view.value.page).toMatchObject({ view: "plan", target: "T001" });
  });

  it("changes nothing of a page that is not open", () => {
    openView("map");
    changePage<PlanPage>("plan", { words: "x" });
    expect(view.value.page).toEqual(firstPage("map"));
  });

  it("keeps language and camera in links to other pages, and drops selection and search", () => {
    changeView({ camera: { lon: 1, lat: 2, zoom: 3, bearing: 0, pitch: 0 }, search: "a" });
    select({ kind: "building", fid: 1 });
    expect(addressOfPage(firstPage("map"))).toBe("/map?lang=en&at=1,2,3");
  });
});
