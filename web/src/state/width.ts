/** How wide the window is, for what a style sheet cannot decide: which panels exist at all. */
import { onScopeDispose, readonly, ref, type Ref } from "vue";

export function useWidth(): Readonly<Ref<number>> {
  const width = ref(window.innerWidth);
  const read = () => (width.value = window.innerWidth);
  window.addEventListener("resize", read);
  onScopeDispose(() => window.removeEventListener("resize", read));
  return readonly(width);
}
