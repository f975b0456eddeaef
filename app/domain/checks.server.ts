import { type Database, sqlState } from "~db/client";
import { AUDIT_CHECKS } from "./audit/checks.server";
import { BOOKS_CHECKS } from "./books/checks.server";
import { GOODS_CHECKS } from "./books/goodsChecks.server";
import { TALLY_CHECKS } from "./books/tallyChecks.server";
import { CALL_BACK_CHECKS } from "./callBacks/checks.server";
import { DELIVERY_CHECKS } from "./delivery/checks.server";
import { GIVING_CHECKS } from "./giving/checks.server";
import { HOUSEHOLDS_CHECKS } from "./households/checks.server";
import { IDENTITY_CHECKS } from "./identity/checks.server";
import { IMPORTS_CHECKS } from "./imports/checks.server";
import { type Check, firstIdAt } from "./kernel/checks";
import { JOURNAL_CHECKS, replay } from "./kernel/journalChecks.server";
import { askedLately, readTold, type Told } from "./lately.server";
import { DESK_CHECKS } from "./lists/desk/checks.server";
import { ALL_MACHINES } from "./machines.server";
import { MATCHING_CHECKS } from "./matching/checks.server";
import { NEEDS_CHECKS } from "./needs/checks.server";
import { PAYMENTS_CHECKS } from "./payments/checks.server";
import { REFERRAL_CHECKS } from "./referrals/checks.server";
import { REGISTER_CHECKS } from "./register/checks.server";
import { SCREENING_CHECKS } from "./screening/checks.server";

export const ALL_CHECKS: readonly Check[] = [
  ...ALL_MACHINES.map(({ entity }) => replay(entity)),
  ...JOURNAL_CHECKS,
  ...IDENTITY_CHECKS,
  ...AUDIT_CHECKS,
  ...NEEDS_CHECKS,
  ...GIVING_CHECKS,
  ...BOOKS_CHECKS,
  ...GOODS_CHECKS,
  ...TALLY_CHECKS,
  ...PAYMENTS_CHECKS,
  ...DELIVERY_CHECKS,
  ...MATCHING_CHECKS,
  ...HOUSEHOLDS_CHECKS,
  ...SCREENING_CHECKS,
  ...REGISTER_CHECKS,
  ...DESK_CHECKS,
  ...IMPORTS_CHECKS,
  ...REFERRAL_CHECKS,
  ...CALL_BACK_CHECKS,
];

/**
 * `wrong` names what is wrong, or that the check could not finish: then nothing is known of it, and it does
 * not hold.
 */
export type CheckResult = Readonly<{
  name: string;
  guarantees: string;
  examined: number;
  wrong: string[];
  finished: boolean;
  seconds: number;
}>;

/**
 * Runs every invariant as SQL on this database: how much each examined, and what is wrong by id or code.
 * Reads only.
 *
 * @param since the checks that go through much ask only for what the journal tells of since this moment;
 *   every other one is whole
 */
export async function runChecks(
  db: Database,
  checks: readonly Check[] = ALL_CHECKS,
  since?: Date,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for await (const result of eachCheck(db, checks, since)) results.push(result);
  return results;
}

/**
 * The same, each as soon as it is known. One that fails or takes longer than a statement may is named, and
 * the next is run.
 *
 * @param atOnce how many run side by side, where the database's pool has so many connections
 */
export async function* eachCheck(
  db: Database,
  checks: readonly Check[] = ALL_CHECKS,
  since?: Date,
  atOnce = 1,
): AsyncGenerator<CheckResult> {
  const told = since && (await readTold(db, firstIdAt(since)));
  const left = checks.values();
  const running = new Map<string, Promise<CheckResult>>();

  const begin = () => {
    const { value: check } = left.next();
    if (check) running.set(check.name, runCheck(db, check, told));
  };

  for (let lane = 0; lane < atOnce; lane += 1) begin();
  while (running.size > 0) {
    const result = await Promise.race(running.values());
    running.delete(result.name);
    begin();
    yield result;
  }
}

async function runCheck(
  db: Database,
  { name, guarantees, lately, ...whole }: Check,
  told: Told | undefined,
): Promise<CheckResult> {
  const { examined, violations } =
    told === undefined ? whole : askedLately(name, lately?.(told.from) ?? whole, told);

  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;

  try {
    const [row] = await db.execute<{ examined: string }>(examined);
    const wrong = await db.execute<{ what: string }>(violations);
    return {
      name,
      guarantees,
      examined: Number(row?.examined ?? 0),
      wrong: wrong.map(({ what }) => `${name}: ${what}`),
      finished: true,
      seconds: seconds(),
    };
  } catch (error) {
    const wrong = [`${name}: ${whyUnfinished(error)}`];
    return { name, guarantees, examined: 0, wrong, finished: false, seconds: seconds() };
  }
}

const STATEMENT_ENDED = "57014";

/** By the code of the database alone: its words may name what stands in a row. */
function whyUnfinished(error: unknown): string {
  const state = sqlState(error) ?? "no answer";
  return `could not finish (${state === STATEMENT_ENDED ? "it took longer than a statement may" : state}), so nothing is known of it`;
}
