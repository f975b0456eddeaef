import { eq, isNull } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { outbox, restorations } from "~db/schema/journal";
import { type Clock, CLOCKS, runDueClocks } from "./clocks.server";
import { drainDue } from "./drainOutbox.server";
import { heldSince } from "./held.server";

/** What was let go. `unsent`: what was done and told to nobody; `setAside`: what could not be done now. */
export type Released = Readonly<{ takenAt: Date; unsent: number; setAside: number }>;

/**
 * After a restore: what waited in the backup, and what its clocks would have told since, may have gone out
 * between then and the loss. So all of it is done now with nobody told: Stripe is asked what was paid,
 * letters are kept as sent, households are put on the call list of their town, where somebody asks first.
 * What cannot be done now is set aside. Then the workers go on. Safe to repeat.
 * @returns undefined where nothing is held
 */
export async function releaseTold(
  ctx: UseCaseContext,
  clocks: readonly Clock[] = CLOCKS,
): Promise<Released | undefined> {
  const takenAt = await heldSince(ctx.db);
  if (takenAt === null) return undefined;
  const silent = inSilence(ctx);
  await runDueClocks(silent, clocks);
  // What had failed then waits for its next try; this is it.
  await ctx.db.update(outbox).set({ runAt: ctx.now(), leasedUntil: null }).where(eq(outbox.state, "waiting"));
  let unsent = 0;
  for (let done = await drainDue(silent); done > 0; done = await drainDue(silent)) unsent += done;
  const aside = await ctx.db
    .update(outbox)
    .set({ state: "dead", lastError: "restored", leasedUntil: null })
    .where(eq(outbox.state, "waiting"))
    .returning({ id: outbox.id });
  await letGo(ctx);
  return { takenAt, unsent, setAside: aside.length };
}

/** Lets everything go as it stands: only for who knows that nothing was sent since the backup. */
export async function releaseUnsent(ctx: UseCaseContext): Promise<Date | undefined> {
  const takenAt = await heldSince(ctx.db);
  await letGo(ctx);
  return takenAt ?? undefined;
}

const letGo = (ctx: UseCaseContext) =>
  ctx.db.update(restorations).set({ releasedAt: ctx.now() }).where(isNull(restorations.releasedAt));

/** The same world, in which no letter and no text message leaves the house. */
const inSilence = (ctx: UseCaseContext): UseCaseContext => ({
  ...ctx,
  ports: {
    ...ctx.ports,
    mail: { send: () => Promise.resolve() },
    texts: {
      ...ctx.ports.texts,
      canSend: false,
      send: () => Promise.reject(new Error("nothing is sent while a backup is let go")),
    },
  },
});
