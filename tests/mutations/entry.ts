import type { Mutation } from "./mutation";

/** Who comes in by a code, and gives by it. */
export const ENTRY: readonly Mutation[] = [
  {
    name: "a code to come in by works for whoever tries it again",
    file: "app/domain/identity/entryCodes.server.ts",
    from: `if (!isOpen(ctx, row)) return {`,
    to: `if (!row) return {`,
    test: "tests/integration/identity/entryCodes.test.ts",
    only: "a code works once",
  },
  {
    name: "a code alone lets in whoever works here",
    file: "app/domain/identity/entryAccount.server.ts",
    from: `worksHere && !(await hasSecondStep(tx, userId))`,
    to: `worksHere && (await hasSecondStep(tx, userId))`,
    test: "tests/integration/identity/entryCodes.test.ts",
    only: "a code alone",
  },
  {
    name: "the right code tells that an account was closed",
    file: "app/domain/identity/entryCodes.server.ts",
    from: `account === undefined || account.may === "not enter: closed"`,
    to: `account === undefined`,
    test: "tests/integration/identity/entryCodes.test.ts",
    only: "a code alone",
  },
  {
    name: "strangers send as many texts as they like from ever other networks",
    file: "app/domain/identity/entryCodes.server.ts",
    from: `if (contact.kind === "phone") await countText(ctx);`,
    to: `if (contact.kind !== "phone" && contact.kind !== "mail") await countText(ctx);`,
    test: "tests/integration/identity/entryCodes.test.ts",
    only: "past the most texts of a day",
  },
  {
    name: "a basket is held before the second step was shown",
    file: "app/routes/giving/basketCode.tsx",
    from: `if (await hasSecondStep(ctx.db, userId)) return`,
    to: `if (userId === "" && (await hasSecondStep(ctx.db, userId))) return`,
    test: "tests/integration/giving/basketByCode.test.ts",
    only: "an address whose account",
  },
];
