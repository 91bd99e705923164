/** The page's wording. Each part has both languages side by side; English has the shape of Chinese or does not compile. */
import { computed, watchEffect } from "vue";
import { createI18n, useI18n } from "vue-i18n";
import type { Text } from "@/api/types";
import { language } from "@/state/person";
import { zone } from "@/state/zone";
import * as format from "./format";
import * as map from "./map";
import * as overview from "./overview";
import * as plan from "./plan";
import * as problems from "./problems";
import * as projects from "./projects";
import * as shell from "./shell";
import * as verdicts from "./verdicts";

const parts = { shell, overview, plan, projects, map, verdicts, problems };

type Parts = typeof parts;
export type Messages = { [Part in keyof Parts]: Parts[Part]["zh"] };

export const messages: { zh: Messages; en: Messages } = {
  zh: wordsOf("zh"),
  en: wordsOf("en"),
};

function wordsOf(wanted: "zh" | "en"): Messages {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part[wanted]])) as Messages;
}

export const i18n = createI18n({ legacy: false, locale: language.value, fallbackLocale: "zh", messages });

/** Keep the words and the document in the language shown. Returns the undo. */
export function followLanguage(): () => void {
  return watchEffect(() => {
    i18n.global.locale.value = language.value;
    document.documentElement.lang = format.localeOf(language.value);
  });
}

/** What a component needs to write: words, texts of the server, numbers, quantities and days. */
export function useWords() {
  const { t, te } = useI18n({ useScope: "global" });
  return {
    t,
    te,
    language,
    say: (text: Text) => format.wording(text, language.value),
    /** A name kept in two fields. */
    named: (zh: string, en: string) => format.wording({ zh, en }, language.value),
    num: (value: number) => format.numberText(value, language.value),
    count: (value: number) => format.countText(value, language.value),
    percent: (share: number) => format.percentText(share, language.value),
    day: (iso: string) => format.dayText(iso, language.value),
    moment: (iso: string) => format.momentText(iso, zone.value?.time_zone ?? "UTC"),
    amount: (value: number, unit: string, symbol: Text) => format.quantityText(value, unit, symbol, language.value),
    list: (names: readonly string[]) => format.listText(names, language.value),
    /** A code with its wording where we have one. */
    coded: (part: string, code: string) => (te(`${part}.${code}`) ? t(`${part}.${code}`) : code),
  };
}

export const isChinese = computed(() => language.value === "zh");
