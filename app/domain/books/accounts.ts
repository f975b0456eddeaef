/** What money of a fund is for, from its coming to its going. */
const MONEY_PURPOSES = ["received", "available", "committed", "spent", "refunded"] as const;
export type MoneyPurpose = (typeof MONEY_PURPOSES)[number];

/** Who outside of the books money comes from or goes to. */
const OUTSIDE = ["donor", "payee", "charity"] as const;
export type OutsideAccount = (typeof OUTSIDE)[number];

/** An account of the money book: where money is, or what it is for. */
export type MoneyAccount = Readonly<
  | { kind: "outside"; who: OutsideAccount }
  | { kind: "cash"; charityId: string }
  | { kind: "fund"; programmeId: string; purpose: MoneyPurpose }
>;

/** The code under which an account stands in the book. */
export function codeOf(account: MoneyAccount): string {
  switch (account.kind) {
    case "outside":
      return `ext:${account.who}`;
    case "cash":
      return `cash:${account.charityId}`;
    case "fund":
      return `fund:${account.programmeId}:${account.purpose}`;
  }
}

/** The account of a code as it stands in the book. @throws for what is none: a fault of ours */
export function moneyAccountOf(code: string): MoneyAccount {
  const [kind, name = "", last = ""] = code.split(":");
  const who = OUTSIDE.find((one) => one === name);
  const purpose = MONEY_PURPOSES.find((one) => one === last);
  if (kind === "ext" && who) return { kind: "outside", who };
  if (kind === "cash" && name !== "") return { kind: "cash", charityId: name };
  if (kind === "fund" && name !== "" && purpose) return { kind: "fund", programmeId: name, purpose };
  throw new Error(`no account of the money book: ${code}`);
}
