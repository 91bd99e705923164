/** The one way to the server: typed by its OpenAPI document, same origin only, refusals as `ProblemError`. */
import { refusal } from "./problem";
import type { paths } from "./schema";

type Method = "get" | "put" | "post" | "patch";
type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];
type Operation<P extends keyof paths, M extends Method> = M extends keyof paths[P] ? paths[P][M] : never;
type Success<R> = R extends { 200: infer A } ? A : R extends { 201: infer B } ? B : never;
type Answer<O> = O extends { responses: infer R }
  ? Success<R> extends { content: { "application/json": infer J } }
    ? J
    : never
  : never;
type Query<O> = O extends { parameters: { query?: infer Q } } ? Q : never;
type Body<O> = O extends { requestBody: { content: { "application/json": infer B } } } ? B : FormData;

interface Asked<O> {
  path?: Record<string, string | number>;
  query?: Query<O>;
  signal?: AbortSignal;
}
interface Sent<O> extends Asked<O> {
  headers: Record<string, string>;
  body?: Body<O>;
}

/** Read something. */
export function get<P extends PathOf<"get">>(path: P, asked: Asked<Operation<P, "get">> = {}): Promise<Answer<Operation<P, "get">>> {
  return call("GET", path, asked);
}

/** Write something, as whom the headers say. */
export function send<M extends Exclude<Method, "get">, P extends PathOf<M>>(
  method: M,
  path: P,
  sent: Sent<Operation<P, M>>,
): Promise<Answer<Operation<P, M>>> {
  return call(method.toUpperCase(), path, sent);
}

interface Parts {
  path?: Record<string, string | number>;
  query?: unknown;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  body?: unknown;
}

async function call<T>(method: string, path: string, parts: Parts): Promise<T> {
  const { headers, body, signal } = parts;
  const isForm = body instanceof FormData;
  const answer = await fetch(addressOf(path, parts.path, parts.query), {
    method,
    signal,
    headers: { accept: "application/json", ...headers, ...(body && !isForm ? { "content-type": "application/json" } : {}) },
    body: body === undefined ? undefined : isForm ? body : JSON.stringify(body),
  });
  const content: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw refusal(content, answer.status);
  return content as T;
}

/** Fill a path's parameters in and add the query; absent values are left out. */
export function addressOf(path: string, names: Record<string, string | number> = {}, query: unknown = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(names[name] ?? "")));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${filled}?${text}` : filled;
}

/** Make a form of a file and other fields. */
export function formOf(fields: Record<string, string | File>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
