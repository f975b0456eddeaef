import { townTotals } from "~/domain/books/townTotals.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { listWishes } from "~/domain/needs/queries.server";
import { facetNames, readPoints } from "~/domain/reference/queries.server";
import { deliveredLately } from "./deliveredLately.server";

const WAITING_SHOWN = 6;
const DELIVERED_SHOWN = 4;

/**
 * Everything on the page of one town: its figures, the wishes that wait longest there, its service points,
 * and what was handed over there last. @throws {DomainError} NOT_FOUND for a code that is no town's
 */
export async function townPage(ctx: UseCaseContext, code: string) {
  const { towns } = await facetNames(ctx);
  const town = towns.find((known) => known.code === code);
  if (!town) throw new DomainError("NOT_FOUND");
  const [totals, waiting, points, delivered] = await Promise.all([
    townTotals(ctx),
    listWishes(ctx, { town: code }),
    readPoints(ctx),
    deliveredLately(ctx, { most: DELIVERED_SHOWN, town: code }),
  ]);
  return {
    town,
    figures: totals.ofTown(code),
    waiting: waiting.cards.slice(0, WAITING_SHOWN),
    points: points.flatMap(({ point }) => (point.townCode === code ? [point] : [])),
    delivered,
  };
}
