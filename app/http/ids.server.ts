import { DomainError } from "~/domain/kernel/errors";
import type { RouteArgs } from "./context.server";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id in a URL; what cannot be an id names nothing. @throws {DomainError} NOT_FOUND */
export function idFrom({ params }: Pick<RouteArgs, "params">, name: string): string {
  const value = params[name] ?? "";
  if (!UUID.test(value)) throw new DomainError("NOT_FOUND");
  return value;
}

/** An id in the query, undefined when it is none or malformed: then the page shows what it shows without it. */
export function idInQuery({ request }: Pick<RouteArgs, "request">, name: string): string | undefined {
  const value = new URL(request.url).searchParams.get(name);
  return value !== null && UUID.test(value) ? value : undefined;
}
