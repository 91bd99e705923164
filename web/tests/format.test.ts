import { describe, expect, it } from "vitest";
import { bytesText, countText, dayText, degreesText, listText, momentText, numberText, percentText, quantityText, wording } from "@/i18n/format";

const text = (zh: string, en: string) => ({ zh, en });

describe("numbers", () => {
  it.each([
    [0, "0", "0"],
    [2.4989, "2.499", "2.499"],
    [71.19261474, "71.19", "71.19"],
    [6664.23, "6,664", "6,664"],
    [12345, "12,345", "12,345"],
    [123456, "12.35 万", "123.5k"],
    [2500000, "250 万", "2.5M"],
    [990000000, "9.9 亿", "990M"],
    [7e9, "70 亿", "7B"],
    [-3.5, "−3.5", "−3.5"],
    [-0, "0", "0"],
    [0.0001234, "0.0001234", "0.0001234"],
  ])("%d is %s and %s", (value, zh, en) => {
    expect(numberText(value, "zh")).toBe(zh);
    expect(numberText(value, "en")).toBe(en);
  });

  it("counts are written in full", () => {
    expect(countText(19068, "zh")).toBe("19,068");
    expect(countText(1234567, "en")).toBe("1,234,567");
  });
});

describe("quantities", () => {
  const cases: [number, string, ReturnType<typeof text>, string, string][] = [
    // 万 and 亿 belong to the unit in Chinese and are multiplied out in English
    [50, "万m2", text("万 m²", "10k m²"), "50 万 m²", "500k m²"],
    [1.04, "万亩", text("万亩", "10k mu"), "1.04 万亩", "10,400 mu"],
    [70, "亿元", text("亿元", "100M CNY"), "70 亿元", "7B CNY"],
    [2500000, "m2", text("m²", "m²"), "250 万 m²", "2.5M m²"],
    [71.19, "percent", text("%", "%"), "71.19%", "71.19%"],
    [3, "pp", text("百分点", "pp"), "3 百分点", "3 pp"],
    [13, "条", text("条", "lines"), "13 条", "13"],
    [9, "处", text("处", "sites"), "9 处", "9 sites"],
    [1, "所", text("所", "schools"), "1 所", "1 school"],
    [1, "座", text("座", "facilities"), "1 座", "1 facility"],
    [5, "m3/万元", text("m³/万元", "m³/10k CNY"), "5 m³/万元", "5 m³/10k CNY"],
    [100, "年一遇", text("年一遇", "-year return period"), "100 年一遇", "100-year return period"],
  ];
  it.each(cases)("%d %s", (value, unit, symbol, zh, en) => {
    expect(quantityText(value, unit, symbol, "zh")).toBe(zh);
    expect(quantityText(value, unit, symbol, "en")).toBe(en);
  });
});

describe("days and the rest", () => {
  it("writes a day out", () => {
    expect(dayText("2025-07-01", "zh")).toBe("2025年7月1日");
    expect(dayText("2025-07-01", "en")).toBe("1 Jul 2025");
    expect(dayText("soon", "en")).toBe("soon");
  });

  it("gives an instant in the zone's own time", () => {
    // 23:30 UTC is half past seven of the next morning in Shanghai
    expect(momentText("2025-06-30T23:30:00Z", "Asia/Shanghai")).toBe("2025-07-01 07:30");
  });

  it("falls back to the other language where a name has only one", () => {
    expect(wording(text("", "Park"), "zh")).toBe("Park");
    expect(wording(text("公园", ""), "en")).toBe("公园");
  });

  it("writes shares, sizes, places and lists", () => {
    expect(percentText(0.712, "zh")).toBe("71%");
    expect(percentText(0.012, "en")).toBe("1.2%");
    expect(bytesText(8600, "en")).toBe("8.6 kB");
    expect(degreesText(121.0805512, 31.3809249)).toBe("121.08055, 31.38092");
    expect(listText(["规建局", "社管局"], "zh")).toBe("规建局、社管局");
    expect(listText(["A", "B"], "en")).toBe("A, B");
  });
});
