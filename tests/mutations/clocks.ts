import type { Mutation } from "./mutation";

const eachDue = "tests/integration/worker/eachDue.test.ts";
const outbox = "tests/integration/worker/outbox.test.ts";

/**
 * Faults in what the worker does: a bad row before good ones, two workers at once, work that fails for days.
 */
export const CLOCKS: readonly Mutation[] = [
  {
    name: "a bad row ends its clock's run",
    file: "app/domain/kernel/eachDue.server.ts",
    from: `failed.push({ id, error });`,
    to: `throw error;`,
    test: eachDue,
  },
  {
    name: "a bad row is told nobody",
    file: "app/domain/kernel/eachDue.server.ts",
    from: `if (failed.length > 0) ctx`,
    to: `if (failed.length < 0) ctx`,
    test: eachDue,
  },
  {
    name: "a clock does one page a run",
    file: "app/domain/kernel/eachDue.server.ts",
    from: `const MOST_PAGES = 50;`,
    to: `const MOST_PAGES = 1;`,
    test: eachDue,
  },
  {
    name: "a page begins with the bad row again",
    file: "app/domain/kernel/eachDue.server.ts",
    from: `      after = rows.at(-1)?.id;\n`,
    to: ``,
    test: eachDue,
  },
  {
    name: "a hold is not asked once more whether it is over",
    file: "app/domain/kernel/eachDue.server.ts",
    from: `.where(and(eq(table.id, id), due))`,
    to: `.where(eq(table.id, id))`,
    test: eachDue,
  },
  {
    name: "a clock that fails stops those behind it",
    file: "app/worker/clocks.server.ts",
    from: `ctx.ports.faults.rowsFailed("clocks", [{ id: clock.name, error }]);`,
    to: `throw error;`,
    test: eachDue,
  },
  {
    name: "an unreadable event of a payment waits for ever",
    file: "app/domain/payments/handleStripeEvent.server.ts",
    from: `      await onWaiting(ctx, id, (tx, row) => giveUpWhenOld(tx, ctx, row));\n`,
    to: ``,
    test: eachDue,
  },
  {
    name: "letters are dead after two hours",
    file: "app/worker/drainOutbox.server.ts",
    from: `[1, 5, 30, 120, 360, 720, 1_440, 1_440, 2_880]`,
    to: `[1, 2, 4, 8, 16, 32, 64]`,
    test: outbox,
  },
  {
    name: "a poisonous piece stops the outbox",
    file: "app/worker/drainOutbox.server.ts",
    from: "ctx.ports.faults.rowsFailed(`outbox.${leased.handler}`, [{ id: leased.id, error }]);\n    return false;",
    to: `throw error;`,
    test: outbox,
  },
  {
    name: "a lease that is over is worked on",
    file: "app/worker/drainOutbox.server.ts",
    from: `, eq(outbox.leasedUntil, leasedUntil ?? new Date(0))`,
    to: ``,
    test: outbox,
  },
  {
    name: "a batch counts the tries of what was tried before",
    file: "app/worker/drainOutbox.server.ts",
    from: "sql`greatest(${outbox.attempts}, 1)`",
    to: "sql`${outbox.attempts} + 1`",
    test: outbox,
  },
  {
    name: "a piece whose try cannot be counted holds up its batch",
    file: "app/worker/drainOutbox.server.ts",
    from: `return leaseDue(ctx, batch, outbox.attempts);`,
    to: `throw error;`,
    test: outbox,
  },
  {
    name: "what was put back has no tries left",
    file: "app/worker/setAside.server.ts",
    from: `attempts: 0, runAt`,
    to: `attempts: 10, runAt`,
    test: outbox,
  },
  {
    name: "the log repeats what a mail server said",
    file: "app/server/fault.server.ts",
    from: `const { message: _message, cause: _cause, ...fault } = faultOf(error);`,
    to: `const fault = faultOf(error);`,
    test: outbox,
  },
];
