/** Keeps the document in the theme shown, and gives the colours that drawings need as values. */
import { computed, watchEffect } from "vue";
import { theme } from "@/state/person";

/** Follow the theme. Returns the undo. */
export function followTheme(): () => void {
  return watchEffect(() => {
    document.documentElement.dataset["theme"] = theme.value;
  });
}

const NAMES = [
  "surface",
  "line",
  "line-strong",
  "text",
  "text-soft",
  "accent",
  "met",
  "on-track",
  "at-risk",
  "behind",
  "missed",
  "none",
] as const;

export type ColourName = (typeof NAMES)[number];
export type Colours = Record<ColourName, string>;

/** The theme's colours as CSS values. */
export const colours = computed<Colours>(() => {
  document.documentElement.dataset["theme"] = theme.value;
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Colours;
});
