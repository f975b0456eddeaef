import type { Locale } from "~/i18n/locales";
import { type Database, runTransaction, type Transaction } from "~db/client";
import type { Actor } from "./actor";
import type { Ports } from "./ports";
import { asRefused } from "./refusedBy.server";
import type { Keyring } from "./sealing.server";

/**
 * Everything a use case may ask of the world. Time, ids and randomness come in here, so that any day and any
 * failure can be rehearsed; nothing in domain/ reads the clock or makes an id by itself.
 */
export type UseCaseContext<A extends Actor = Actor> = Readonly<{
  db: Database;
  actor: A;
  locale: Locale;
  now: () => Date;
  /** A new UUIDv7. */
  newId: () => string;
  randomBytes: (count: number) => Buffer;
  /** Lets so much time go by: whoever guesses waits. */
  pause: (milliseconds: number) => Promise<void>;
  keys: Keyring;
  ports: Ports;
  /** From where somebody asks; nothing for the portal itself. */
  clientAddress?: string;
  /** Where people reach the portal, for links in messages and the way back from a payment. */
  publicUrl: string;
  /**
   * Of a page for everybody: how often something came to the public pages or left them until it was asked
   * for.
   */
  publicVersion?: number;
}>;

export type { Database, Transaction };

/**
 * Runs `work` in one transaction with a deadline; repeats it when the database asks for that (40001, 40P01)
 * or a drawn code is taken. `work` must do nothing outside the database: it may run more than once.
 */
export function inTransaction<T>(ctx: UseCaseContext, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return runTransaction(ctx.db, work).catch((error: unknown) => {
    throw asRefused(error);
  });
}

/** The same context, acting as somebody else: the worker's handlers and the seed use it. */
export const actingAs = <A extends Actor>(ctx: UseCaseContext, actor: A): UseCaseContext<A> => ({
  ...ctx,
  actor,
});

/**
 * The same context inside of a transaction: what opens a transaction of its own there gets a savepoint of
 * this one, and what reads sees what it wrote.
 */
export const insideOf = (tx: Transaction, ctx: UseCaseContext): UseCaseContext => ({ ...ctx, db: tx });
