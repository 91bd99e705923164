/** Where something found is shown. */
import { readIndicators } from "@/api/plan";
import type { Found, Text } from "@/api/types";
import { firstPage, type MapPage } from "@/state/address";
import { planList, projectPage, targetPage } from "@/state/pages";
import { changeView, openPage } from "@/state/view";

/** Open what was found: its page, or its place on the map. */
export async function openFound({ type, id, point, title }: Found, say: (text: Text) => string): Promise<void> {
  switch (type) {
    case "target":
    case "clause":
      openPage(targetPage(id));
      break;
    case "case":
      openPage(projectPage(Number(id.replace(/^case\//, ""))));
      break;
    case "organisation":
      openPage(planList({ organisation: id }));
      break;
    case "indicator":
      await openIndicator(id, say(title));
      break;
    case "feature": {
      const [kind = "", fid = ""] = id.split("/");
      const camera = point ? { lon: point[0], lat: point[1], zoom: 16, bearing: 0, pitch: 0 } : undefined;
      changeView(
        { page: firstPage("map") as MapPage, search: null, selection: { kind, fid: Number(fid) }, ...(camera ? { camera } : {}) },
        "push",
      );
    }
  }
}

/** Open the target an indicator measures; one that measures none is looked for by its name. */
async function openIndicator(name: string, title: string): Promise<void> {
  const rows = await readIndicators();
  const target = rows.find((row) => row.name === name)?.targets[0];
  openPage(target ? targetPage(target) : planList({ words: title }));
}
