/** Who sits at this browser: name and organisation for writes, and preferred language and theme. Kept locally. */
import { computed, ref, watch } from "vue";
import { writeAs, type Actor } from "@/api/change";
import type { Language, Theme } from "./address";
import { changeView, view } from "./view";

const ACTOR = "zonetwin.actor";
const LANGUAGE = "zonetwin.language";
const THEME = "zonetwin.theme";

export const actor = ref<Actor | null>(readActor());
watch(actor, writeAs, { immediate: true });

const systemIsDark = ref(matches("(prefers-color-scheme: dark)"));
const keptLanguage = ref(read(LANGUAGE));
const keptTheme = ref(read(THEME));

/** The language shown: what the address says, else what was chosen before, else the browser's. */
export const language = computed<Language>(() => {
  const wanted = view.value.language ?? keptLanguage.value ?? navigator.language.slice(0, 2);
  return wanted === "en" || wanted === "zh" ? wanted : navigator.languages.some(isChinese) ? "zh" : "en";
});

/** The theme shown: what the address says, else what was chosen before, else the system's. */
export const theme = computed<Theme>(() => {
  const wanted = view.value.theme ?? keptTheme.value;
  if (wanted === "light" || wanted === "dark") return wanted;
  return systemIsDark.value ? "dark" : "light";
});

/** Follow the system's theme while nobody has chosen. Returns the undo. */
export function followSystem(): () => void {
  const query = window.matchMedia("(prefers-color-scheme: dark)");
  const note = () => (systemIsDark.value = query.matches);
  query.addEventListener("change", note);
  return () => query.removeEventListener("change", note);
}

export function chooseLanguage(chosen: Language): void {
  keptLanguage.value = keep(LANGUAGE, chosen);
  changeView({ language: chosen });
}

export function chooseTheme(chosen: Theme): void {
  keptTheme.value = keep(THEME, chosen);
  changeView({ theme: chosen });
}

export function beActor(who: Actor): void {
  keep(ACTOR, JSON.stringify(who));
  actor.value = who;
}

function readActor(): Actor | null {
  try {
    const kept: unknown = JSON.parse(read(ACTOR) ?? "null");
    if (typeof kept !== "object" || kept === null) return null;
    const { name, organisation } = kept as Partial<Actor>;
    return name ? { name, organisation: organisation ?? "" } : null;
  } catch {
    return null;
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden; the choice then lasts as long as the page
  }
}

function keep(key: string, value: string): string {
  try {
    localStorage.setItem(key, value);
  } catch {
    // as above
  }
  return value;
}

function matches(query: string): boolean {
  return typeof window.matchMedia === "function" && window.matchMedia(query).matches;
}

function isChinese(name: string): boolean {
  return name.toLowerCase().startsWith("zh");
}
