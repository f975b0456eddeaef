import { needLines } from "~db/schema/needs";

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

/** A line as those who work on its need read it; its details are unsealed beside it. */
export const LINE_SHOWN = {
  ...LINE_ASKED,
  objectKind: needLines.objectKind,
  unitCode: needLines.unitCode,
} as const;
