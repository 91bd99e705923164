/** Long work on the server, told line by line how far it is (NDJSON). */
import { change } from "./change";
import { ProblemError, refusal } from "./problem";
import type { Problem, Text } from "./types";

export interface Progress {
  done: number;
  total: number | null;
  note: Text;
}

interface Line {
  progress?: Progress;
  result?: unknown;
  error?: Problem;
}

/** Run a command to its end; `tell` hears of its progress. */
export function runCommand(
  name: string,
  body: Record<string, unknown>,
  tell: (progress: Progress) => void,
): Promise<unknown> {
  return change(async (as) => {
    const answer = await fetch(`/api/commands/${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { ...as, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok || !answer.body) throw refusal(await answer.json().catch(() => null), answer.status);
    for await (const line of linesOf(answer.body)) {
      const event = JSON.parse(line) as Line;
      if (event.error) throw new ProblemError(event.error);
      if (event.progress) tell(event.progress);
      else return event.result;
    }
    throw refusal(null, 0);
  });
}

/** Cut a stream of bytes into its lines. */
export async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const lines = rest.split("\n");
    rest = done ? "" : (lines.pop() ?? "");
    for (const line of lines) if (line) yield line;
    if (done) return;
  }
}
