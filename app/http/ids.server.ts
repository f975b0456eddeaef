import { data } from "@remix-run/node";
import { plainCode, readCode } from "~/domain/kernel/typed/code";
import { ERROR_CATALOGUE } from "~/domain/kernel/errors";
import type { RefusalPage } from "./answer.server";
import type { RouteArgs } from "./context.server";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id in a URL; what cannot be an id names nothing. It throws the page that says so, also where an action has not begun yet. */
export function idFrom({ params }: Pick<RouteArgs, "params">, name: string): string {
  const value = params[name] ?? "";
  if (!UUID.test(value)) throw data<RefusalPage>({ refusal: ERROR_CATALOGUE.NOT_FOUND.message }, { status: ERROR_CATALOGUE.NOT_FOUND.status });
  return value;
}

/** The public code in a URL, however it was spaced, cased or widened by whoever typed it; what is no code names nothing: empty. */
export const codeFrom = ({ params }: Pick<RouteArgs, "params">, name = "code"): string => readCode(params[name] ?? "") ?? "";

/** The code of an entry of the lists in a URL, read in the same way. */
export const entryCodeFrom = ({ params }: Pick<RouteArgs, "params">): string => plainCode(params["code"] ?? "");

/** An id in the query, undefined when it is none or malformed: then the page shows what it shows without it. */
export function idInQuery({ request }: Pick<RouteArgs, "request">, name: string): string | undefined {
  const value = new URL(request.url).searchParams.get(name);
  return value !== null && UUID.test(value) ? value : undefined;
}
