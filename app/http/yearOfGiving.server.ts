import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { folded } from "~/domain/kernel/typed/signs";
import { yearsOfGiving } from "~/domain/trace/myYear.server";
import type { RouteArgs } from "./context.server";
import { inQuery } from "./query.server";

/** The years in which the reader gave, and the one that is asked for; the last of them where none is. */
export async function yearAsked({ request }: Pick<RouteArgs, "request">, ctx: UseCaseContext) {
  const years = await yearsOfGiving(ctx);
  const asked = inQuery(request, "year", (typed) => years.find((year) => String(year) === folded(typed)));
  return { years, year: asked ?? years[0] };
}

/** The same for a file, which there is only of a year in which something was given. @throws NOT_FOUND */
export async function yearOfFile(args: Pick<RouteArgs, "request">, ctx: UseCaseContext): Promise<number> {
  const { year } = await yearAsked(args, ctx);
  if (year === undefined) throw new DomainError("NOT_FOUND");
  return year;
}
