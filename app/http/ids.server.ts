import { plainCode, readCode } from "~/domain/kernel/typed/code";
import { DomainError } from "~/domain/kernel/errors";
import type { RouteArgs } from "./context.server";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id in a URL; what cannot be an id names nothing. @throws {DomainError} NOT_FOUND */
export function idFrom({ params }: Pick<RouteArgs, "params">, name: string): string {
  const value = params[name] ?? "";
  if (!UUID.test(value)) throw new DomainError("NOT_FOUND");
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
