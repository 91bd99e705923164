/** Keys that work everywhere: search, views, language, theme, help. */
import { onBeforeUnmount, onMounted } from "vue";
import type { ViewName } from "@/state/address";
import { dialog } from "@/state/dialogs";
import { chooseLanguage, chooseTheme, language, theme } from "@/state/person";
import { changeView, openView, view } from "@/state/view";

const VIEWS: Record<string, ViewName> = { 1: "overview", 2: "plan", 3: "projects", 4: "map" };

/** Listen to them for as long as the component lives. */
export function useKeys(): void {
  onMounted(() => window.addEventListener("keydown", onKey));
  onBeforeUnmount(() => window.removeEventListener("keydown", onKey));
}

function onKey(event: KeyboardEvent): void {
  const isSearch = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  if (isSearch) {
    event.preventDefault();
    changeView({ search: view.value.search ?? "" });
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isCovered()) return;
  const opened = VIEWS[event.key];
  if (opened) openView(opened);
  else if (event.key === "/") changeView({ search: "" });
  else if (event.key === "?") dialog.value = "help";
  else if (event.key === "l") chooseLanguage(language.value === "zh" ? "en" : "zh");
  else if (event.key === "t") chooseTheme(theme.value === "light" ? "dark" : "light");
  else return;
  event.preventDefault();
}

/** Whether keys belong to a field now. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

function isCovered(): boolean {
  return document.querySelector("dialog[open]") !== null;
}
