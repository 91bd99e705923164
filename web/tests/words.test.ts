import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { messages } from "@/i18n";

const SOURCE = join(import.meta.dirname, "..", "src");

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : /\.(ts|vue)$/.test(name) ? [path] : [];
  });
}

function flat(words: object, before = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(words) as [string, unknown][]) {
    if (typeof value === "string") found.set(before + name, value);
    else for (const [inner, text] of flat(value as object, `${before}${name}.`)) found.set(inner, text);
  }
  return found;
}

const zh = flat(messages.zh);
const en = flat(messages.en);
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe("the words", () => {
  it("have the same keys and holes in both languages, and none is empty", () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
    for (const [key, text] of zh) {
      expect(text, key).not.toBe("");
      expect(holes(en.get(key) ?? ""), key).toEqual(holes(text));
    }
  });

  it("hold no pipe or at-sign, which vue-i18n would read as plural or link", () => {
    for (const text of [...zh.values(), ...en.values()]) expect(text).not.toMatch(/[|@]/);
  });

  it("exist for every key the source names", () => {
    const missing: string[] = [];
    for (const file of filesIn(SOURCE)) {
      for (const [, key] of readFileSync(file, "utf8").matchAll(/\bt\(\s*"([a-z][\w.-]*)"/g)) {
        if (key && !zh.has(key)) missing.push(`${file}: ${key}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it("stand nowhere but in i18n", () => {
    const allowed = /i18n|schema\.d\.ts|map\/value\.ts|boot\.ts/;
    const stray = filesIn(SOURCE)
      .filter((file) => !allowed.test(file))
      .filter((file) => /[\u4e00-\u9fff]/.test(readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "").replace(/'Noto[^']*'/g, "")))
      .filter((file) => !file.endsWith("AppHeader.vue") && !file.endsWith("css"));
    expect(stray).toEqual([]);
  });

  it("are all used", () => {
    const source = filesIn(SOURCE).map((file) => readFileSync(file, "utf8")).join("\n");
    // keys put together at run time are covered by their first part
    const parts = [...source.matchAll(/`([a-z]+(?:\.[\w-]+)*)\.?\$\{/g)].map((match) => match[1] ?? "");
    const coded = [...source.matchAll(/coded\("([\w.]+)"/g)].map((match) => match[1] ?? "");
    const made = [...parts, ...coded].filter(Boolean);
    const unused = [...zh.keys()].filter(
      (key) => !source.includes(`"${key}"`) && !source.includes(`'${key}'`) && !made.some((part) => key.startsWith(`${part}.`) || (part.split(".").length === 1 && key.startsWith(part))),
    );
    expect(unused).toEqual([]);
  });
});
