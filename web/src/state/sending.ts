/** A form on its way to the server: busy, done, or refused with the reason. */
import { ref, shallowRef } from "vue";
import { NO_ACTOR, problemOf } from "@/api/problem";
import type { Problem } from "@/api/types";
import { askWho } from "./dialogs";

export function useSending() {
  const isBusy = ref(false);
  const problem = shallowRef<Problem | null>(null);

  /** Send something; asks first who writes where that is not known. Gives whether it went well. */
  async function send(work: () => Promise<void>): Promise<boolean> {
    isBusy.value = true;
    problem.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      const found = problemOf(error);
      if (found.type === NO_ACTOR) askWho(() => void send(work));
      else problem.value = found;
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  return { isBusy, problem, send };
}

/** Make a key that tells a repeated request from a new one. */
export function onceKey(): string {
  return typeof crypto.randomUUID === "function" ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`;
}
