/** Short names for the shapes the server describes; `schema.d.ts` is generated from its OpenAPI document. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Text = Schemas["TextShape"];
export type TitledCode = Schemas["TitledCode"];
export type Problem = Omit<Schemas["Problem"], "issues"> & Partial<Pick<Schemas["Problem"], "issues">>;
export type Zone = Schemas["ZoneShape"];
export type Kind = Schemas["KindShape"];
export type Property = Schemas["PropertyShape"];
export type LayerTree = Schemas["LayerTree"];
export type Layer = Schemas["LayerShape"];
export type MapSymbol = Schemas["SymbolShape"];
export type Plan = Schemas["PlanStatusShape"];
export type TargetRow = Schemas["TargetRowShape"];
export type TargetPage = Schemas["TargetPageShape"];
export type Course = Schemas["CourseShape"];
export type Status = TargetRow["status"];
export type Measurement = Schemas["MeasurementShape"];
export type Indicator = Schemas["IndicatorShape"];
export type IndicatorRow = Schemas["IndicatorRow"];
export type Proof = Schemas["ProofShape"];
export type ProofRow = Schemas["ProofRowShape"];
export type Rerun = Schemas["RerunShape"];
export type CaseRow = Schemas["CaseRowShape"];
export type Case = Schemas["CaseShape"];
export type CaseMove = Schemas["MoveShape"];
export type CaseDraft = Schemas["CaseCreated"];
export type MoveDraft = Schemas["MoveSent"];
export type Quantity = Schemas["QuantityShape"];
export type Flow = Schemas["FlowShape"];
export type FlowCategory = Schemas["FlowCategory"];
export type Feature = Schemas["FeatureShape"];
export type Version = Schemas["VersionShape"];
export type Unplaced = Schemas["UnplacedShape"];
export type Organisation = Schemas["OrganisationShape"];
export type Area = Schemas["AreaShape"];
export type Found = Schemas["FoundShape"];
export type Change = Schemas["ChangeShape"];
export type Media = Schemas["MediaShape"];
export type Attached = Schemas["AttachShape"];
export type WorkbookDiff = Schemas["WorkbookDiffShape"];
export type WorkbookApplied = Schemas["WorkbookAppliedShape"];
export type SheetIssue = Schemas["SheetIssueShape"];

/** A place as GeoJSON has it, in lon/lat. */
export interface Place {
  type: string;
  coordinates: unknown;
}

/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number];
