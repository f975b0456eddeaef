import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import type { UserActor } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { readKeyring } from "~/domain/kernel/sealing.server";
import type { Database } from "~db/client";
import { donorId, lineId } from "./wishes";

export const DONORS = 1_000;

/** Answers that are remembered are sealed. */
const KEYS = readKeyring(`bench:${randomBytes(32).toString("base64")}`, randomBytes(32).toString("base64"));

type Fixed = Partial<Pick<UseCaseContext, "newId" | "randomBytes" | "now">>;

/** One donor's context on this database; nothing of it leaves the database but the answer. */
export const as = (db: Database, donor: string, fixed: Fixed = {}): UseCaseContext<UserActor> => ({
  db,
  actor: { kind: "user", userId: donor, displayName: "", grants: [] },
  locale: "zh-Hans",
  now: () => new Date(),
  newId: uuidv7,
  pause: () => Promise.resolve(),
  randomBytes,
  publicUrl: "http://portal.test",
  ...fixed,
  keys: KEYS,
  // Promising goods asks nothing of the world outside.
  ports: undefined as never,
});

const CHOICES = {
  arrivalWay: "drop_off",
  displayChoice: "kind_person",
  ifGone: "ask_me",
  notRelative: "yes",
} as const;

/** One whole gift: held, then confirmed, as the two requests of a donor do it. */
export async function give(ctx: UseCaseContext, line: string): Promise<void> {
  const { giftCode } = await pledgeItems(ctx, {
    lines: [{ lineId: line, quantity: 1n }],
    requestKey: ctx.newId(),
  });
  await confirmGift(ctx, giftCode, { ...CHOICES, requestKey: ctx.newId() });
}

/** So many donors at a time, each giving to any of the lines `first` to `last`, again and again. */
export type Order = Readonly<{ clients: number; seconds: number; first: number; last: number }>;
export type Figures = Readonly<{ perSecond: number; cpuMilliseconds: number }>;

/** Gifts a second through the real use cases, and this process's own processor time for each. */
export async function gifts(db: Database, { clients, seconds, first, last }: Order): Promise<Figures> {
  const among = (from: number, to: number) => from + Math.floor(Math.random() * (to - from + 1));
  const until = performance.now() + seconds * 1_000;
  let done = 0;
  const donor = async () => {
    while (performance.now() < until) {
      await give(as(db, donorId(among(1, DONORS))), lineId(among(first, last)));
      done += 1;
    }
  };

  const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
  await Promise.all(Array.from({ length: clients }, donor));
  const cpu = process.cpuUsage(cpuBefore);
  return {
    perSecond: (done / (performance.now() - startedAt)) * 1_000,
    cpuMilliseconds: (cpu.user + cpu.system) / 1_000 / done,
  };
}
