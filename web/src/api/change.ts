/** Every write passes here: it has an actor, and whoever shows the zone hears of it. */
import { NO_ACTOR, ProblemError } from "./problem";

/** Who writes: a person and the organisation they write for (its code or its name). */
export interface Actor {
  name: string;
  organisation: string;
}

export type ActorHeader = { "x-zonetwin-actor": string };

let actor: Actor | null = null;
const listeners = new Set<() => void>();

/** Name who writes from now on. */
export function writeAs(who: Actor | null): void {
  actor = who;
}

/** Call `listener` after every write. Returns the undo. */
export function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Write something as the present actor and tell everyone once it is on disk. */
export async function change<T>(write: (as: ActorHeader) => Promise<T>): Promise<T> {
  const done = await asActor(write);
  for (const listener of listeners) listener();
  return done;
}

/** Ask for something that has an actor but changes nothing, such as a comparison or a re-run. */
export async function asActor<T>(ask: (as: ActorHeader) => Promise<T>): Promise<T> {
  if (!actor?.name) {
    throw new ProblemError({ type: NO_ACTOR, title: "no-actor", status: 400, detail: "", hint: "" });
  }
  return ask({ "x-zonetwin-actor": encodeURIComponent(`${actor.name};${actor.organisation}`) });
}
