import { data } from "@remix-run/node";
import { ERROR_CATALOGUE } from "~/domain/kernel/errors";
import { plainCode, readCode } from "~/domain/kernel/typed/code";
import { isUuid } from "~/domain/kernel/typed/uuid";
import type { RefusalPage } from "./answer.server";
import type { RouteArgs } from "./context.server";
import { inQuery } from "./query.server";

/**
 * The id in a URL; what cannot be an id names nothing. It throws the page that says so, also where an action
 * has not begun yet.
 */
export function idFrom({ params }: Pick<RouteArgs, "params">, name: string): string {
  const value = params[name] ?? "";
  if (!isUuid(value))
    throw data<RefusalPage>(
      { refusal: ERROR_CATALOGUE.NOT_FOUND.message },
      { status: ERROR_CATALOGUE.NOT_FOUND.status },
    );
  return value;
}

/**
 * The public code in a URL, however it was spaced, cased or widened by whoever typed it; what is no code
 * names nothing: empty.
 */
export const codeFrom = ({ params }: Pick<RouteArgs, "params">, name = "code"): string =>
  readCode(params[name] ?? "") ?? "";

/** The code of an entry of the lists in a URL, read in the same way. */
export const entryCodeFrom = ({ params }: Pick<RouteArgs, "params">): string =>
  plainCode(params["code"] ?? "");

/** An id in the query; undefined when there is none, and when it is malformed, which the page says. */
export function idInQuery({ request }: Pick<RouteArgs, "request">, name: string): string | undefined {
  return inQuery(request, name, (typed) => (isUuid(typed) ? typed : undefined));
}
