/** A property's value as people read it: coded values by their title, numbers without their unit, yes and no. */
import type { Property } from "@/api/types";
import { wording } from "@/i18n/format";
import { countText, numberText } from "@/i18n/format";
import type { Language } from "@/state/address";

const YES = { zh: "是", en: "yes" };
const NO = { zh: "否", en: "no" };

export function valueText(value: unknown, property: Property, language: Language): string {
  if (value === null || value === undefined || value === "") return "—";
  const code = property.codes[String(value)];
  if (code) return wording(code, language);
  if (typeof value === "boolean") return wording(value ? YES : NO, language);
  // a year or a number of storeys is no quantity to be shortened
  if (property.type === "integer") return property.unit ? countText(Number(value), language) : String(value);
  if (property.type === "real") return numberText(Number(value), language);
  return String(value);
}
