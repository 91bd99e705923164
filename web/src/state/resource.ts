/** Something asked of the server: nothing yet, being asked, there, or refused. Asked again after every change. */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from "vue";
import { problemOf } from "@/api/problem";
import type { Problem } from "@/api/types";
import { revision } from "./revision";

export type Resource<T> =
  | { state: "none" }
  | { state: "loading"; data: T | null }
  | { state: "ready"; data: T }
  | { state: "failed"; problem: Problem; data: T | null };

export interface Asked<T> {
  readonly value: ShallowRef<Resource<T>>;
  /** Ask again now. */
  again: () => Promise<void>;
}

/**
 * Ask for something that depends on `key`, again whenever the key or the record changes.
 *
 * While the same key is asked again the data seen before stays; a null key asks for nothing. An answer that comes
 * after a newer question is dropped.
 */
export function useResource<K, T>(key: () => K | null, ask: (key: K) => Promise<T>): Asked<T> {
  const value: ShallowRef<Resource<T>> = shallowRef({ state: "none" });
  let turn = 0;
  let shown: string | null = null;

  async function again(): Promise<void> {
    const mine = ++turn;
    const wanted = key();
    if (wanted === null) {
      value.value = { state: "none" };
      shown = null;
      return;
    }
    const name = JSON.stringify(wanted);
    const kept = shown === name ? dataOf(value.value) : null;
    shown = name;
    value.value = { state: "loading", data: kept };
    try {
      const data = await ask(wanted);
      if (mine === turn) value.value = { state: "ready", data };
    } catch (error) {
      if (mine === turn) value.value = { state: "failed", problem: problemOf(error), data: kept };
    }
  }

  watch([() => JSON.stringify(key()), revision], again, { immediate: true });
  onScopeDispose(() => turn++);
  return { value, again };
}

/** Give what is there to show, also while it is being asked again. */
export function dataOf<T>(resource: Resource<T>): T | null {
  return resource.state === "none" ? null : resource.data;
}
