/** The view as it stands, kept in step with the browser's address: a link is a view, and back goes back. */
import { readonly, shallowRef } from "vue";
import {
  addressOfState,
  firstPage,
  firstState,
  stateFromAddress,
  type Camera,
  type FeatureRef,
  type Page,
  type ViewName,
  type ViewState,
} from "./address";

const current = shallowRef<ViewState>(firstState());

/** The present view. Change it with the functions below only. */
export const view = readonly(current) as Readonly<typeof current>;

/** Whether a step can be undone by the browser's back button, or replaces the present entry. */
type Step = "push" | "replace";

/** Begin with what the address says and follow it from now on. Returns the undo. */
export function followAddress(): () => void {
  const read = () => {
    current.value = stateFromAddress(location.href);
  };
  read();
  window.addEventListener("popstate", read);
  return () => window.removeEventListener("popstate", read);
}

/** Change parts of the view. */
export function changeView(parts: Partial<ViewState>, step: Step = "replace"): void {
  const next = { ...current.value, ...parts };
  const address = addressOfState(next);
  current.value = next;
  if (address === addressOfState(stateFromAddress(location.href))) return;
  if (step === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** Open a view as it begins, keeping what belongs to the map and to the person. */
export function openView(name: ViewName): void {
  openPage(firstPage(name));
}

/** Open a page, with a step back to the present one. */
export function openPage(page: Page): void {
  changeView({ page, search: null }, "push");
}

/** Change parts of the present page; nothing happens when another view is open. */
export function changePage<P extends Page>(
  name: P["view"],
  parts: Partial<Omit<P, "view">>,
  step: Step = "replace",
): void {
  const { page } = current.value;
  if (page.view === name) changeView({ page: { ...page, ...parts } as Page }, step);
}

/** Give the address a page has, for links. */
export function addressOfPage(page: Page): string {
  const { language, theme, camera, layers } = current.value;
  return addressOfState({ ...firstState(), page, language, theme, camera, layers });
}

export function select(selection: FeatureRef | null): void {
  changeView({ selection });
}

export function moveCamera(camera: Camera): void {
  changeView({ camera });
}
