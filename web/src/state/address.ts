/**
 * The whole view as a value, and its two-way projection onto an address. Pure: no window, no history.
 *
 * `stateFromAddress(addressOfState(state))` is `state` for every state with values the types allow; what an address
 * says that cannot be meant is dropped, so that an old link still opens.
 */
export type Language = "zh" | "en";
export type Theme = "light" | "dark";

export const STATUSES = [
  "met",
  "on-track",
  "at-risk",
  "behind",
  "missed",
  "cannot-be-scored",
  "not-a-target",
] as const;
export type StatusName = (typeof STATUSES)[number];
export const GROUPINGS = ["section", "organisation", "status"] as const;
export const TARGET_SORTS = ["plan", "worst", "deadline"] as const;
export const CASE_SORTS = ["id", "title", "organisation", "stage", "planned_end"] as const;

export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
  bearing: number;
  pitch: number;
}

/** A choice about a layer that differs from the pack's own; `opacity` is 0..1. */
export interface LayerChoice {
  visible: boolean;
  opacity: number;
}

export interface FeatureRef {
  kind: string;
  fid: number;
}

export interface OverviewPage {
  view: "overview";
  target: string | null;
}
export interface PlanPage {
  view: "plan";
  target: string | null;
  grouping: (typeof GROUPINGS)[number];
  section: string;
  organisation: string;
  statuses: StatusName[];
  words: string;
  sort: (typeof TARGET_SORTS)[number];
}
export interface ProjectsPage {
  view: "projects";
  case: number | "new" | null;
  main: "table" | "map";
  category: string;
  stage: string;
  organisation: string;
  target: string;
  placed: boolean | null;
  late: boolean;
  words: string;
  sort: (typeof CASE_SORTS)[number];
}
export interface MapPage {
  view: "map";
  table: string;
}
export type Page = OverviewPage | PlanPage | ProjectsPage | MapPage;
export type ViewName = Page["view"];

export interface ViewState {
  page: Page;
  language: Language | null;
  theme: Theme | null;
  camera: Camera | null;
  layers: Record<string, LayerChoice>;
  selection: FeatureRef | null;
  search: string | null;
}

/** Give the page a view opens with. */
export function firstPage(view: ViewName): Page {
  switch (view) {
    case "overview":
      return { view, target: null };
    case "plan":
      return { view, target: null, grouping: "section", section: "", organisation: "", statuses: [], words: "", sort: "plan" };
    case "projects":
      return {
        view,
        case: null,
        main: "table",
        category: "",
        stage: "",
        organisation: "",
        target: "",
        placed: null,
        late: false,
        words: "",
        sort: "id",
      };
    case "map":
      return { view, table: "" };
  }
}

export function firstState(): ViewState {
  return {
    page: firstPage("overview"),
    language: null,
    theme: null,
    camera: null,
    layers: {},
    selection: null,
    search: null,
  };
}

/** Write a state as path and query. */
export function addressOfState(state: ViewState): string {
  const query = new URLSearchParams();
  const path = writePage(state.page, query);
  if (state.language) query.set("lang", state.language);
  if (state.theme) query.set("theme", state.theme);
  if (state.camera) query.set("at", writeCamera(state.camera));
  const layers = writeLayers(state.layers);
  if (layers) query.set("layers", layers);
  if (state.selection) query.set("sel", `${state.selection.kind}/${state.selection.fid}`);
  if (state.search !== null) query.set("search", state.search);
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":");
  return text ? `${path}?${text}` : path;
}

/** Read path and query back; `address` may be a whole URL. */
export function stateFromAddress(address: string): ViewState {
  const url = new URL(address, "http://zone");
  const query = url.searchParams;
  return {
    page: readPage(url.pathname, query),
    language: oneOf(query.get("lang"), ["zh", "en"] as const),
    theme: oneOf(query.get("theme"), ["light", "dark"] as const),
    camera: readCamera(query.get("at")),
    layers: readLayers(query.get("layers")),
    selection: readSelection(query.get("sel")),
    search: query.get("search"),
  };
}

function writePage(page: Page, query: URLSearchParams): string {
  const set = (name: string, value: string, plain = "") => {
    if (value !== plain) query.set(name, value);
  };
  switch (page.view) {
    case "overview":
      set("target", page.target ?? "");
      return "/";
    case "plan":
      set("group", page.grouping, "section");
      set("section", page.section);
      set("organisation", page.organisation);
      set("status", page.statuses.join(","));
      set("q", page.words);
      set("sort", page.sort, "plan");
      return page.target === null ? "/plan" : `/plan/${encodeURIComponent(page.target)}`;
    case "projects":
      set("show", page.main, "table");
      set("category", page.category);
      set("stage", page.stage);
      set("organisation", page.organisation);
      set("target", page.target);
      set("placed", page.placed === null ? "" : page.placed ? "yes" : "no");
      set("late", page.late ? "yes" : "");
      set("q", page.words);
      set("sort", page.sort, "id");
      return page.case === null ? "/projects" : `/projects/${page.case}`;
    case "map":
      set("table", page.table);
      return "/map";
  }
}

function readPage(path: string, query: URLSearchParams): Page {
  const [name = "", item = ""] = path.split("/").filter(Boolean).map(decoded);
  const text = (key: string) => query.get(key) ?? "";
  switch (name) {
    case "plan":
      return {
        view: "plan",
        target: item || null,
        grouping: oneOf(text("group"), GROUPINGS) ?? "section",
        section: text("section"),
        organisation: text("organisation"),
        statuses: text("status").split(",").flatMap((part) => oneOf(part, STATUSES) ?? []),
        words: text("q"),
        sort: oneOf(text("sort"), TARGET_SORTS) ?? "plan",
      };
    case "projects":
      return {
        view: "projects",
        case: item === "new" ? "new" : /^[1-9]\d{0,15}$/.test(item) ? Number(item) : null,
        main: oneOf(text("show"), ["table", "map"] as const) ?? "table",
        category: text("category"),
        stage: text("stage"),
        organisation: text("organisation"),
        target: text("target"),
        placed: text("placed") === "yes" ? true : text("placed") === "no" ? false : null,
        late: text("late") === "yes",
        words: text("q"),
        sort: oneOf(text("sort"), CASE_SORTS) ?? "id",
      };
    case "map":
      return { view: "map", table: text("table") };
    default:
      return { view: "overview", target: query.get("target") || null };
  }
}

function writeCamera({ lon, lat, zoom, bearing, pitch }: Camera): string {
  const turned = bearing || pitch ? [bearing, pitch] : [];
  return [lon, lat, zoom, ...turned].join(",");
}

function readCamera(text: string | null): Camera | null {
  const parts = (text ?? "").split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [lon, lat, zoom, bearing = 0, pitch = 0] = parts;
  if (lon === undefined || lat === undefined || zoom === undefined || parts.length > 5) return null;
  const fits = Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && zoom >= 0 && zoom <= 24 && pitch >= 0 && pitch <= 85;
  return fits && Number.isFinite(bearing) ? { lon, lat, zoom, bearing, pitch } : null;
}

function writeLayers(layers: Record<string, LayerChoice>): string {
  return Object.entries(layers)
    .map(([name, { visible, opacity }]) => `${visible ? "" : "-"}${name}${opacity === 1 ? "" : `:${opacity}`}`)
    .join(",");
}

function readLayers(text: string | null): Record<string, LayerChoice> {
  const found: Record<string, LayerChoice> = {};
  for (const part of (text ?? "").split(",")) {
    const match = /^(-?)([a-z][a-z0-9_]*)(?::(0(?:\.\d+)?|1))?$/.exec(part);
    if (match?.[2]) found[match[2]] = { visible: !match[1], opacity: match[3] === undefined ? 1 : Number(match[3]) };
  }
  return found;
}

function readSelection(text: string | null): FeatureRef | null {
  const match = /^([a-z][a-z0-9_]*)\/(\d{1,15})$/.exec(text ?? "");
  return match?.[1] ? { kind: match[1], fid: Number(match[2]) } : null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

function oneOf<const T extends string>(text: string | null, known: readonly T[]): T | null {
  return known.find((item) => item === text) ?? null;
}
