import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import { describe, expect, it } from "vitest";
import { boxOf, draftOverlay } from "@/map/chosen";
import { decluttered } from "@/map/declutter";
import { drawnStyle, type Look } from "@/map/style";
import type { Colours } from "@/theme/follow";

const about = (layer: string, kind = layer) => ({ "zonetwin:layer": layer, "zonetwin:kind": kind });
const base: StyleSpecification = {
  version: 8,
  sources: { zonetwin: { type: "vector", tiles: ["http://here/{z}/{y}/{x}"] } },
  layers: [
    { id: "background", type: "background", paint: { "background-color": "#eee" } },
    { id: "parcel", type: "fill", source: "zonetwin", "source-layer": "parcel", metadata: about("parcel"), layout: { visibility: "none" }, paint: { "fill-opacity": 0.6 } },
    { id: "building", type: "fill-extrusion", source: "zonetwin", "source-layer": "building", metadata: about("building"), layout: { visibility: "visible" }, minzoom: 13, paint: { "fill-extrusion-color": "#ccc", "fill-extrusion-height": ["get", "height_m"], "fill-extrusion-opacity": 0.9 } },
    { id: "facility-point", type: "circle", source: "zonetwin", "source-layer": "facility", metadata: about("facility"), layout: { visibility: "visible" }, paint: { "circle-radius": 6, "circle-opacity": ["match", ["get", "category"], "school", 1, 0.5] } },
    { id: "facility-label", type: "symbol", source: "zonetwin", "source-layer": "facility", metadata: about("facility"), layout: { visibility: "visible" } },
  ],
};
const look: Look = { is3d: false, isQuiet: false, namingOf: () => "point" };
const shown = (style: StyleSpecification, id: string) => {
  const layer = style.layers.find((item) => item.id === id) as { layout?: { visibility?: string } } | undefined;
  return layer?.layout?.visibility;
};
const colours = { accent: "#00f", "at-risk": "#f80", surface: "#fff" } as Colours;

describe("the style drawn", () => {
  it("shows buildings flat from above and raised from the side, never both", () => {
    const flat = drawnStyle(base, {}, [], look);
    const raised = drawnStyle(base, {}, [], { ...look, is3d: true });
    expect([shown(flat, "building-flat"), shown(flat, "building")]).toEqual(["visible", "none"]);
    expect([shown(raised, "building-flat"), shown(raised, "building")]).toEqual(["none", "visible"]);
  });

  it("follows what was chosen, else what the pack says", () => {
    const style = drawnStyle(base, { parcel: { visible: true, opacity: 0.5 }, facility: { visible: false, opacity: 1 } }, [], look);
    expect(shown(style, "parcel")).toBe("visible");
    expect(shown(style, "facility-point")).toBe("none");
    expect(shown(style, "facility-label")).toBe("none");
    expect(style.layers.find((layer) => layer.id === "parcel")).toHaveProperty("paint.fill-opacity", 0.3);
  });

  it("fades what depends on the data too", () => {
    const style = drawnStyle(base, { facility: { visible: true, opacity: 0.5 } }, [], look);
    const paint = style.layers.find((layer) => layer.id === "facility-point") as { paint: Record<string, unknown> };
    expect(paint.paint["circle-opacity"]).toEqual(["*", ["match", ["get", "category"], "school", 1, 0.5], 0.5]);
  });

  it("is quiet under a theme of the page, but keeps what somebody chose", () => {
    const quiet = { ...look, isQuiet: true };
    expect(shown(drawnStyle(base, {}, [], quiet), "facility-point")).toBe("none");
    expect(shown(drawnStyle(base, {}, [], quiet), "building-flat")).toBe("visible");
    expect(shown(drawnStyle(base, { facility: { visible: true, opacity: 1 } }, [], quiet), "facility-point")).toBe("visible");
  });

  it("carries overlays on top, those under the labels below the first label", () => {
    const over = draftOverlay({ type: "Point", coordinates: [1, 2] }, colours);
    const style = drawnStyle(base, {}, [over, { ...over, id: "low", layers: [{ id: "low", type: "circle", source: "low" }], underLabels: true }], look);
    const order = style.layers.map((layer) => layer.id);
    expect(order.indexOf("low")).toBeLessThan(order.indexOf("facility-label"));
    expect(order.at(-1)).toMatch(/^zt-draft/);
    expect(Object.keys(style.sources)).toEqual(["zonetwin", "zt-draft", "low"]);
  });

  it("does not touch the style it was given", () => {
    const before = JSON.stringify(base);
    drawnStyle(base, { building: { visible: false, opacity: 0.2 } }, [], { ...look, is3d: true, isQuiet: true });
    expect(JSON.stringify(base)).toBe(before);
  });
});

describe("from far away", () => {
  const label = base.layers[4] as LayerSpecification;
  it("names of points wait, names of areas go when one stands inside", () => {
    expect(decluttered(label, "point")).toHaveProperty("minzoom", 16);
    expect(decluttered({ ...label, minzoom: 17 } as LayerSpecification, "point")).toHaveProperty("minzoom", 17);
    expect(decluttered(label, "area")).toMatchObject({ minzoom: 0, maxzoom: 15.5 });
  });

  it("points shrink", () => {
    const circle = decluttered(base.layers[3] as LayerSpecification, "point") as { paint: Record<string, unknown> };
    const [, , , , small, , , , full] = circle.paint["circle-radius"] as number[];
    expect(small).toBeCloseTo(1.8); // 6 px · 0.3
    expect(full).toBe(6);
  });
});

describe("a geometry", () => {
  it("has a box around all its parts", () => {
    expect(boxOf({ type: "MultiPolygon", coordinates: [[[[1, 2], [3, 2], [3, 5]]], [[[-1, 4], [0, 4], [0, 4.5]]]] })).toEqual([-1, 2, 3, 5]);
    expect(boxOf({ type: "MultiPoint", coordinates: [] })).toBeNull();
  });
});
