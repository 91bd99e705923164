/** Numbers, quantities, days and moments as people of each language write them. Pure. */
import type { Text } from "@/api/types";
import type { Language } from "@/state/address";

const WAN = 1e4;
const YI = 1e8;

/** What stands before a unit's own name when it counts in ten thousands or hundred millions. */
const SCALES = [
  { code: "万", zh: /^万\s?/, en: /^10k\s/, factor: WAN },
  { code: "亿", zh: /^亿\s?/, en: /^100M\s/, factor: YI },
] as const;

/** Words that English leaves out after a number: 13 条 is just 13. */
const CLASSIFIERS = new Set(["条", "个"]);

/** Write a number with four telling digits; from a hundred thousand on in 万, 亿 or k, M, B. */
export function numberText(value: number, language: Language): string {
  const size = Math.abs(value);
  if (language === "zh") {
    if (size >= YI) return `${plain(value / YI, language)} 亿`;
    return size >= 10 * WAN ? `${plain(value / WAN, language)} 万` : plain(value, language);
  }
  if (size >= 1e9) return `${plain(value / 1e9, language)}B`;
  if (size >= 1e6) return `${plain(value / 1e6, language)}M`;
  return size >= 1e5 ? `${plain(value / 1e3, language)}k` : plain(value, language);
}

/** Write a whole count in full. */
export function countText(value: number, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 0 }).format(value);
}

/** Write a number as the server's sentences do: whole from 1000 on, else with four telling digits. */
function plain(value: number, language: Language): string {
  const digits = Math.abs(value) >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
  const text = new Intl.NumberFormat(localeOf(language), digits).format(value);
  return text === "-0" ? "0" : text.replace("-", "−");
}

/** A number and its unit, to be set apart by the page. */
export interface QuantityParts {
  number: string;
  unit: string;
}

/** Write a quantity whose unit has a code and a symbol; 万m² becomes thousands of m² in English. */
export function quantityParts(value: number, unit: string, symbol: Text, language: Language): QuantityParts {
  if (unit === "percent") return { number: `${plain(value, language)}%`, unit: "" };
  const scale = SCALES.find((item) => unit.startsWith(item.code));
  if (language === "zh") {
    const number = scale ? plain(value, language) : numberText(value, language);
    // 「250 万」+「m²」 reads as one unit
    const [digits = "", big = ""] = number.split(" ");
    return { number: digits, unit: big ? `${big} ${symbol.zh}` : symbol.zh };
  }
  const number = numberText(scale ? value * scale.factor : value, language);
  const name = CLASSIFIERS.has(unit) ? "" : scale ? symbol.en.replace(scale.en, "") : symbol.en;
  if (name.startsWith("-")) return { number: number + name, unit: "" };
  return { number, unit: number === "1" ? singular(name) : name };
}

/** Give the English word for one: homes, facilities, axes. */
function singular(name: string): string {
  if (name === "axes") return "axis";
  return name.endsWith("ies") ? `${name.slice(0, -3)}y` : name.replace(/s$/, "");
}

export function quantityText(value: number, unit: string, symbol: Text, language: Language): string {
  const { number, unit: name } = quantityParts(value, unit, symbol, language);
  return name ? `${number} ${name}` : number;
}

export function percentText(share: number, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { style: "percent", maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share);
}

/** Write an ISO day out: 2025年7月1日, 1 Jul 2025. */
export function dayText(day: string, language: Language): string {
  const moment = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return day;
  const options = { year: "numeric", month: language === "zh" ? "long" : "short", day: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(localeOf(language), options).format(moment);
}

/** Write an instant as day and minute in the zone's own time. */
export function momentText(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  return parts.format(new Date(instant));
}

/** Write a size of a file. */
export function bytesText(bytes: number, language: Language): string {
  return bytes < 1e6 ? `${plain(bytes / 1e3, language)} kB` : `${plain(bytes / 1e6, language)} MB`;
}

/** Write a place as degrees, east and north positive. */
export function degreesText(lon: number, lat: number): string {
  return `${lon.toFixed(5)}, ${lat.toFixed(5)}`;
}

/** Give the wording of a text, from the other language where this one has none. */
export function wording(text: Text, language: Language): string {
  return language === "zh" ? text.zh || text.en : text.en || text.zh;
}

/** Write names one after the other. */
export function listText(names: readonly string[], language: Language): string {
  return names.join(language === "zh" ? "、" : ", ");
}

export function localeOf(language: Language): string {
  return language === "zh" ? "zh-CN" : "en-GB";
}
