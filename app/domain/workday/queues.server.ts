import { type SQL, sql } from "drizzle-orm";
import { requireUser, scopeIds, type UserActor } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { plusDays } from "~/domain/kernel/time";
import { WAITS_FOR_CITY, WAITS_FOR_TOWN } from "~db/schema/needWaits";
import type { QueueName } from "./queueNames";

/** A queue is counted so far; past it, it says "and more". */
export const MOST_COUNTED_IN_QUEUE = 100;
/** So long somebody counts as new in a role. */
const NEW_DAYS = 14;

/** One line of somebody's day: how many wait (at most `MOST_COUNTED_IN_QUEUE`), and since when the oldest. */
export type Queue = Readonly<{ name: QueueName; waiting: number; oldest: Date | null }>;

const inTowns = (column: SQL, towns: readonly string[]) =>
  sql`${column} in (${sql.join(
    towns.map((town) => sql`${town}`),
    sql`, `,
  )})`;

/** The queues of an actor's roles, each as the moments since when its entries wait, at most so many. */
function queuesOf(actor: UserActor): readonly (readonly [name: QueueName, entries: SQL])[] {
  const has = (role: UserActor["grants"][number]["role"]) =>
    actor.grants.some((grant) => grant.role === role);
  const visited = scopeIds(actor, "caseworker");
  const reviewed = scopeIds(actor, "town_reviewer");
  const asked = [...new Set([...visited, ...reviewed])];
  const points = scopeIds(actor, "storekeeper");
  const when = (isMine: boolean, name: QueueName, entries: () => SQL) =>
    isMine ? [[name, entries()] as const] : [];
  return [
    ...when(
      has("courier") || visited.length > 0,
      "carry",
      () => sql`select coalesce(dispatched_at, created_at) as at
      from delivery where courier_id = ${actor.userId} and state in ('dispatched', 'failed_attempt', 'returning')`,
    ),
    ...when(
      asked.length > 0,
      "callBacks",
      () => sql`select created_at as at
      from call_back where ${inTowns(sql`town_code`, asked)} and due_at is not null order by due_at`,
    ),
    ...when(
      visited.length > 0,
      "calls",
      () => sql`select created_at as at
      from push where ${inTowns(sql`town_code`, visited)} and state in ('call_list', 'sent', 'no_answer') order by id`,
    ),
    ...when(
      asked.length > 0,
      "requests",
      () => sql`select r.created_at as at
      from recipient_request r join household h on h.id = r.household_id where ${inTowns(sql`h.town_code`, asked)} and r.state = 'open'`,
    ),
    ...when(
      reviewed.length > 0,
      "verify",
      () => sql`select filed_at as at
      from need where ${inTowns(sql`town_code`, reviewed)} and ${WAITS_FOR_TOWN} order by review_due_at`,
    ),
    ...when(
      has("operator"),
      "publish",
      () => sql`select filed_at as at
      from need where ${WAITS_FOR_CITY} order by review_due_at`,
    ),
    ...when(
      has("operator"),
      "offers",
      () => sql`select created_at as at
      from offer where state = 'offered' order by id`,
    ),
    ...when(
      has("operator"),
      "proposals",
      () => sql`select created_at as at
      from allocation where state = 'proposed' and proposed_by <> ${actor.userId} order by expires_at`,
    ),
    ...when(
      has("operator"),
      "feedback",
      () => sql`select created_at as at
      from feedback where state = 'heard' order by id`,
    ),
    ...when(
      points.length > 0,
      "inspect",
      () => sql`select created_at as at
      from parcel where ${inTowns(sql`point_id::text`, points)} and inspected_at is null order by id`,
    ),
  ];
}

/**
 * The day of whoever asks: each queue of their roles with how many wait and since when the oldest does, in
 * one statement; what waits longest comes first, what is empty last. `isNew` for those whose oldest role
 * is fresh.
 * @throws {DomainError} SIGN_IN_NEEDED; NOT_ALLOWED for whose roles nothing queues up
 */
export async function dayOfWork(ctx: UseCaseContext): Promise<{ queues: Queue[]; isNew: boolean }> {
  const actor = requireUser(ctx.actor);
  const own = queuesOf(actor);
  if (own.length === 0) throw new DomainError("NOT_ALLOWED");
  const parts = own.map(
    ([name, entries]) =>
      sql`select ${name}::text as name, count(*)::int as waiting, min(at) as oldest
        from (${entries} limit ${MOST_COUNTED_IN_QUEUE}) one`,
  );
  const since = plusDays(ctx.now(), -NEW_DAYS).toISOString();
  const [rows, [first]] = await Promise.all([
    ctx.db.execute<{ name: QueueName; waiting: number; oldest: string | null }>(
      sql.join(parts, sql` union all `),
    ),
    ctx.db.execute<{ is_new: boolean | null }>(
      sql`select min(granted_at) > ${since}::timestamptz as is_new from role_grant where user_id = ${actor.userId} and revoked_at is null`,
    ),
  ]);
  const queues = [...rows].map(({ name, waiting, oldest }) => ({
    name,
    waiting,
    oldest: oldest === null ? null : new Date(oldest),
  }));
  const age = ({ oldest }: Queue) => oldest?.getTime() ?? Infinity;
  return { queues: queues.toSorted((a, b) => age(a) - age(b)), isNew: first?.is_new === true };
}
