import { machine } from "~/domain/kernel/transition.server";
import {
  charityAccounts,
  filings,
  fundraisingCertificates,
  organisations,
  registrations,
} from "~db/schema/organisations";
import { ENTRY_TRANSITIONS, ORGANISATION_TRANSITIONS } from "./states";
import type { EntryKind } from "./vocabulary";

export const ORGANISATION = machine({
  entity: "organisation",
  table: organisations,
  transitions: ORGANISATION_TRANSITIONS,
});

export const ENTRY_TABLES = {
  registration: registrations,
  fundraising_certificate: fundraisingCertificates,
  filing: filings,
  charity_account: charityAccounts,
} as const satisfies Record<EntryKind, unknown>;

/** Every kind of entry lives the same life, in its own table and under its own name in the journal. */
export const entryMachine = (kind: EntryKind) =>
  machine({ entity: kind, table: ENTRY_TABLES[kind], transitions: ENTRY_TRANSITIONS });
