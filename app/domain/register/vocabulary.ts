/** What the register keeps with dates, each entered by one person and approved by another. */
export const ENTRY_KINDS = ["registration", "fundraising_certificate", "filing", "charity_account"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];
