import type { MoneyAccount, MoneyPurpose, PlaceAccount, PurposeAccount } from "~db/schema/moneyAccounts";

/** A charity's account at its bank, as one place of the money book. */
export const cashOf = (charityId: string): PlaceAccount => `cash:${charityId}`;

/** The money of a fund that is for one purpose. */
export const fundFor = (programmeId: string, purpose: MoneyPurpose): PurposeAccount =>
  `fund:${programmeId}:${purpose}`;

const PURPOSES = ["received", "available", "committed", "spent", "refunded"] as const;

/** What the money of an account is for; undefined for an account that says where it is. */
export const purposeOf = (account: MoneyAccount): MoneyPurpose | undefined =>
  account.startsWith("fund:") ? PURPOSES.find((purpose) => account.endsWith(`:${purpose}`)) : undefined;
