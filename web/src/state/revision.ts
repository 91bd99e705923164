/** Which Change of the record is shown: it rises with our own writes and with those of others. */
import { ref } from "vue";
import { onChange } from "@/api/change";
import { readChangeNumber } from "@/api/zone";

const EVERY_MS = 20_000;

/** Rises whenever what was asked of the server may have changed. */
export const revision = ref(0);

/** Whether the server answered when it was last asked. */
export const isReachable = ref(true);

let newest: number | null = null;

/** Listen to our own writes, and look for those of others while the page is seen. Returns the undo. */
export function followRecord(): () => void {
  const stop = onChange(() => void look(true));
  const whenSeen = () => {
    if (document.visibilityState === "visible") void look(false);
  };
  const timer = window.setInterval(whenSeen, EVERY_MS);
  document.addEventListener("visibilitychange", whenSeen);
  void look(false);
  return () => {
    stop();
    document.removeEventListener("visibilitychange", whenSeen);
    window.clearInterval(timer);
  };
}

async function look(isOurs: boolean): Promise<void> {
  const before = newest;
  try {
    newest = await readChangeNumber();
    const wasAway = !isReachable.value;
    isReachable.value = true;
    if (isOurs || wasAway || (before !== null && before !== newest)) revision.value++;
  } catch {
    isReachable.value = false;
    if (isOurs) revision.value++;
  }
}
