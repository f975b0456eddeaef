import type { Mutation } from "./mutation";

const seen = "tests/integration/needs/seen.test.ts";
const buying = "tests/integration/payments/buying.test.ts";
const columns = "tests/unit/architecture/codedColumns.test.ts";

/**
 * Faults in what pages promise, in words that are said on something else than what was read, and in columns
 * of words.
 */
export const PROMISES: readonly Mutation[] = [
  {
    name: "what was paid for has no day",
    file: "app/domain/payments/toBuy.server.ts",
    from: `.set({ buyBy })`,
    to: `.set({ buyBy: null })`,
    test: buying,
  },
  {
    name: "a donor is told every hour that it is late",
    file: "app/domain/payments/buyingClock.server.ts",
    from: `isNull(checkouts.lateToldAt), `,
    to: ``,
    test: buying,
  },
  {
    name: "what was bought is still called late",
    file: "db/sql/before.sql",
    from: `b.state in ('proposed', 'approved')`,
    to: `b.state in ('proposed')`,
    test: buying,
  },
  {
    name: "what was not bought after all is not on the list again",
    file: "db/sql/before.sql",
    from: `perform keep_to_buy(new.pledge_id);`,
    to: ``,
    test: buying,
  },
  {
    name: "what went back to a wish that is gone is still to be bought",
    file: "db/sql/before.sql",
    from: `perform keep_to_buy(new.id);`,
    to: ``,
    test: "tests/integration/payments/tasks.test.ts",
  },
  {
    name: "what is decided stands before what waits for a second person",
    file: "app/domain/payments/queries.server.ts",
    from: `desc(sql\`(\${table.state} = 'proposed')\`)`,
    to: `sql\`1\``,
    test: buying,
  },
  {
    name: "a late request stays with its town",
    file: "app/domain/requests/queries.server.ts",
    from: `or(eq(recipientRequests.kind, "erase"), isNotNull(recipientRequests.escalatedAt))`,
    to: `eq(recipientRequests.kind, "erase")`,
    test: "tests/integration/requests/requests.test.ts",
  },
  {
    name: "a report has no day",
    file: "app/domain/lists/desk/deskQueries.server.ts",
    from: `isLate: row.dueAt !== null && row.dueAt < ctx.now()`,
    to: `isLate: false`,
    test: "tests/integration/lists/reportsAndValues.test.ts",
  },
  {
    name: "things that stay in the store are said to wait for their donor's word",
    file: "app/domain/giving/letters.server.ts",
    from: `template: "lotReleased"`,
    to: `template: "targetGone"`,
    test: "tests/integration/giving/letters.test.ts",
  },
  {
    name: "a need is decided on unread",
    file: "app/domain/needs/need.server.ts",
    from: `if (seen !== undefined) requireUnchanged(seen, seenNeed(need));`,
    to: ``,
    test: seen,
  },
  {
    name: "feedback is passed on over another's word",
    file: "app/domain/delivery/feedback.server.ts",
    from: `if (seen !== undefined) requireUnchanged(seen, row.feedback.version);`,
    to: ``,
    test: seen,
  },
  {
    name: "a value is proposed without seeing another's",
    file: "app/domain/lists/desk/proposeValue.server.ts",
    from: `requireUnchanged(version, await lastProposed(tx, code));`,
    to: ``,
    test: seen,
  },
  {
    name: "nobody knows who gave a draft up",
    file: "app/domain/needs/unfinished.server.ts",
    from: `await recordDraft(tx, ctx, row, "discard");`,
    to: ``,
    test: "tests/integration/needs/unfinished.test.ts",
  },
  {
    name: "a column takes any word",
    file: "db/schema/giving.ts",
    from: 'check("gift_if_gone", sql`${t.ifGone} is null or ${oneOf(t.ifGone, IF_GONE)}`),',
    to: "",
    test: columns,
  },
  {
    name: "a step that nothing takes",
    file: "app/domain/giving/states.ts",
    from: `revoke: "revoked",`,
    to: `revoke: "revoked", forget: "cancelled",`,
    test: columns,
  },
  {
    name: "a referral with another one's code counts as open already",
    file: "app/domain/referrals/createReferral.server.ts",
    from: `.onConflictDoNothing({ target: [referrals.householdId, referrals.itemCode], where: OPEN_ONES })`,
    to: `.onConflictDoNothing()`,
    test: "tests/integration/kernel/madeCodes.test.ts",
  },
  {
    name: "a code of handed-over answers is drawn once for all tries",
    file: "db/client.ts",
    from: `"finder_handover_code_hash_unique",`,
    to: ``,
    test: "tests/integration/kernel/madeCodes.test.ts",
  },
];
