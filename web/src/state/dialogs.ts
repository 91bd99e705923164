/** Which of the page's own dialogs is open, and what was told last. */
import { ref, shallowRef } from "vue";

export type DialogName = "actor" | "help" | "workbook" | "attach";

export const dialog = ref<DialogName | null>(null);

/** What to do once the person has said who they are. */
let afterActor: (() => void) | null = null;

/** Open the dialog that asks who writes, and go on with `then` once that is known. */
export function askWho(then: (() => void) | null = null): void {
  afterActor = then;
  dialog.value = "actor";
}

export function whoIsKnown(): void {
  dialog.value = null;
  afterActor?.();
  afterActor = null;
}

export interface Notice {
  id: number;
  tone: "good" | "bad";
  text: string;
}

export const notices = shallowRef<Notice[]>([]);
let next = 1;

/** Tell something that needs no answer; it goes by itself, a failure stays until it is closed. */
export function tell(tone: Notice["tone"], text: string): void {
  const notice = { id: next++, tone, text };
  notices.value = [...notices.value.slice(-2), notice];
  if (tone === "good") window.setTimeout(() => dismiss(notice.id), 5000);
}

export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}
