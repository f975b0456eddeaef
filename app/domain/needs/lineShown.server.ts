import { needLines } from "~db/schema/needs";

/** A line as those who work on its need read it: what is asked for, how much and for how much; its details are unsealed beside it. */
export const LINE_SHOWN = {
  id: needLines.id,
  kind: needLines.kind,
  objectKind: needLines.objectKind,
  itemHans: needLines.itemHans,
  itemHant: needLines.itemHant,
  unitCode: needLines.unitCode,
  unitPriceFen: needLines.unitPriceFen,
  requested: needLines.requested,
  held: needLines.held,
  pledged: needLines.pledged,
  inHub: needLines.inHub,
  delivered: needLines.delivered,
  waived: needLines.waived,
  open: needLines.open,
} as const;
