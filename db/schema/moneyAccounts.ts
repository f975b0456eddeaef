/** What money of a fund is for, from its coming to its going. */
export type MoneyPurpose = "received" | "available" | "committed" | "spent" | "refunded";

/** Where money is: with somebody outside, or on a charity's account. */
export type PlaceAccount = "ext:donor" | "ext:payee" | "ext:charity" | `cash:${string}`;

/** What money is for: one purpose of one fund. */
export type PurposeAccount = `fund:${string}:${MoneyPurpose}`;

export type MoneyAccount = PlaceAccount | PurposeAccount;
