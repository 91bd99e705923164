/** How a verdict is drawn: a shape of its own and a colour; the word stands beside it. */
import type { StatusName } from "@/state/address";
import type { ColourName } from "./follow";

export interface VerdictLook {
  /** A path in a box of 16 by 16. */
  path: string;
  filled: boolean;
  colour: ColourName;
}

export const VERDICTS: Record<StatusName, VerdictLook> = {
  met: { path: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z", filled: true, colour: "met" },
  "on-track": { path: "M8 1.5 14.5 8 8 14.5 1.5 8Z", filled: true, colour: "on-track" },
  "at-risk": { path: "M8 2 15 14H1Z", filled: true, colour: "at-risk" },
  behind: { path: "M2.5 2.5h11v11h-11Z", filled: true, colour: "behind" },
  missed: {
    path: "M3.4 1.6 8 6.2l4.6-4.6 1.8 1.8L9.8 8l4.6 4.6-1.8 1.8L8 9.8l-4.6 4.6-1.8-1.8L6.2 8 1.6 3.4Z",
    filled: true,
    colour: "missed",
  },
  "cannot-be-scored": { path: "M8 2.8a5.2 5.2 0 1 0 0 10.4A5.2 5.2 0 0 0 8 2.8Z", filled: false, colour: "none" },
  "not-a-target": { path: "M3 8h10", filled: false, colour: "none" },
};
