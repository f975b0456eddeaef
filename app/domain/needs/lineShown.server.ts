import { asc, eq } from "drizzle-orm";
import type { Transaction } from "~/domain/kernel/context.server";
import { needLines } from "~db/schema/needs";
import { unitsOfMeasure } from "~db/schema/reference";

/** What every page says of a line: what is asked for, for how much, and how many of it stand where. */
export const LINE_ASKED = {
  id: needLines.id,
  kind: needLines.kind,
  itemHans: needLines.itemHans,
  itemHant: needLines.itemHant,
  unitPriceFen: needLines.unitPriceFen,
  requested: needLines.requested,
  held: needLines.held,
  pledged: needLines.pledged,
  inHub: needLines.inHub,
  delivered: needLines.delivered,
  waived: needLines.waived,
  open: needLines.open,
} as const;

/** The lines of a need, in order, as those who work on it read them; details are unsealed beside them. */
export const linesShown = (tx: Transaction, needId: string) =>
  tx
    .select({
      line: { ...LINE_ASKED, objectKind: needLines.objectKind, unitCode: needLines.unitCode },
      detailsSealed: needLines.detailsSealed,
      unit: unitsOfMeasure,
    })
    .from(needLines)
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .where(eq(needLines.needId, needId))
    .orderBy(asc(needLines.position));
