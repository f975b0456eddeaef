import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { expireHolds } from "~/domain/giving/clocks.server";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { loadActor } from "~/domain/identity/queries.server";
import type { UserActor } from "~/domain/kernel/actor";
import { limit } from "~/domain/kernel/limits.server";
import { basketCookie } from "~/http/basket.server";
import { action } from "~/routes/giving/basketCode";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { accountPhones } from "~db/schema/entry";
import { gifts, pledges } from "~db/schema/giving";
import { sessions } from "~db/schema/identity";
import { needLines } from "~db/schema/needs";
import { somebody } from "../../factories/accounts";
import { choices } from "../../factories/giving";
import { aPublishedWish, SCHOOL_BAGS } from "../../factories/needs";
import { aTeam } from "../../factories/people";
import { aPhone } from "../../factories/steps";
import { test } from "../../support/database";
import { sentFrom } from "../../support/routeArgs";
import { aWorld, type World } from "../../support/world";

const HERE = "http://portal.test/basket/code";
const PHONE = "１３８ ００１３ ８０００";

/** Cookies of one browser: what answers set is sent with the next form. */
class Visitor {
  readonly #jar = new Map<string, string>();

  constructor(
    readonly world: World,
    lineId?: string,
    quantity = 1,
  ) {
    if (lineId) this.#keep(basketCookie([{ lineId, quantity }], { secure: false }));
  }

  #keep(cookie: string): void {
    const [pair = ""] = cookie.split(";");
    const [name = "", ...value] = pair.split("=");
    if (/Max-Age=0/.test(cookie)) this.#jar.delete(name);
    else this.#jar.set(name, value.join("="));
  }

  has = (name: string): boolean => this.#jar.has(name);

  /** Sends a form as a browser without scripts does. */
  async send(form: Readonly<Record<string, string>>): Promise<Answer> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = (await action(sentFrom(this.world, cookie, HERE, {}, form))) as Response | Shown;
    const headers = answer instanceof Response ? answer.headers : new Headers(answer.init?.headers ?? {});
    for (const set of headers.getSetCookie()) this.#keep(set);
    return answer instanceof Response
      ? { status: answer.status, to: answer.headers.get("Location") ?? "" }
      : { status: answer.init?.status ?? 200, shown: answer.data };
  }

  ask = (contact = PHONE, requestKey = this.world.system.newId()) => this.send({ contact, requestKey });
  type = (entryCode: string, requestKey: string = this.world.system.newId()) =>
    this.send({ intent: "enter", entryCode, requestKey });
}

type Shown = Readonly<{ data: unknown; init: Readonly<{ status?: number; headers?: HeadersInit }> | null }>;
type Answer = Readonly<{ status: number; to?: string; shown?: unknown }>;

const lastCode = (world: World): string => String(world.texts.at(-1)?.data["code"]);

async function aWish(world: World, quantity = 3) {
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team, { lines: [{ ...SCHOOL_BAGS, quantity: BigInt(quantity) }] });
  return wish.line;
}

async function donorOf(world: World, giftCode: string): Promise<UserActor> {
  const [gift] = await world.db.select().from(gifts).where(eq(gifts.code, giftCode));
  const actor = await loadActor(world.db, gift?.donorId ?? "");
  if (actor.kind !== "user") throw new Error("the gift has no donor");
  return actor;
}

const giftIn = (to: string | undefined): string => /gifts\/(\w+)/.exec(to ?? "")?.[1] ?? "";
const openOf = async ({ db }: World, lineId: string) =>
  (await db.select({ open: needLines.open }).from(needLines).where(eq(needLines.id, lineId)))[0]?.open;
const held = async ({ db }: World) => (await db.select().from(pledges)).length;

test("whoever has no account types a number and its code, and the basket is held for them; the same number finds it later", async ({
  db,
}) => {
  const world = aWorld(db);
  const line = await aWish(world);
  const browser = new Visitor(world, line.id, 2);
  expect(await browser.ask()).toMatchObject({
    status: 200,
    shown: { sent: { kind: "phone", address: "13800138000", hint: "138****8000" } },
  });
  expect(browser.has("basket")).toBe(true);

  const answer = await browser.type(lastCode(world));
  expect(answer).toMatchObject({
    status: 302,
    to: expect.stringMatching(/\/gifts\/\w+\/confirm$/) as string,
  });
  expect([browser.has("basket"), browser.has("session"), await openOf(world, line.id)]).toEqual([
    false,
    true,
    1n,
  ]);
  const donor = await donorOf(world, giftIn(answer.to));
  await confirmGift(world.as(donor), giftIn(answer.to), choices(world));

  const later = new Visitor(world, line.id);
  await later.ask("+86 138 0013 8000");
  const next = await later.type(lastCode(world));
  expect((await donorOf(world, giftIn(next.to))).userId).toBe(donor.userId);
  expect(await db.select().from(accountPhones)).toHaveLength(1);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("sent twice, and from two tabs, a basket is held once; a wrong, an old and somebody else's code hold nothing and empty nothing", async ({
  db,
}) => {
  const world = aWorld(db);
  const line = await aWish(world);
  const browser = new Visitor(world, line.id);
  const other = new Visitor(world, line.id);
  await other.ask("13700137000");
  const theirs = lastCode(world);
  await browser.ask();
  const mine = lastCode(world);
  const before = await held(world);
  if (theirs !== mine)
    expect(await browser.type(theirs)).toMatchObject({
      status: 422,
      shown: { reply: { formErrors: [{ message: "errors.entryCodeWrong" }] } },
    });
  expect(await browser.type("")).toMatchObject({ status: 422 });
  world.clock.advance({ minutes: 11 });
  expect(await browser.type(mine)).toMatchObject({ status: 410 });
  expect([await held(world), browser.has("basket")]).toEqual([before, true]);

  // The second tab asks once more: its code is the browser's now, whichever tab it is typed in.
  await browser.ask();
  await browser.ask();
  const code = lastCode(world);
  const key = world.system.newId();
  const outcomes = await Promise.all([browser.type(code, key), browser.type(code, key)]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual([302, 410]);
  expect(await held(world)).toBe(before + 1);
});

test("in a race for the last one each number is let in, one holds it, and the other keeps nothing back", async ({
  db,
}) => {
  const world = aWorld(db);
  const line = await aWish(world, 1);
  const [one, other] = [new Visitor(world, line.id), new Visitor(world, line.id)];
  await one.ask("13800138111");
  const first = lastCode(world);
  await other.ask("13800138222");
  const second = lastCode(world);
  const outcomes = await Promise.all([one.type(first), other.type(second)]);
  expect(outcomes.map(({ to = "" }) => /confirm$/.test(to)).toSorted()).toEqual([false, true]);
  expect(outcomes.map(({ to = "" }) => /taken=yes$/.test(to)).toSorted()).toEqual([false, true]);
  expect([one.has("session"), other.has("session"), await openOf(world, line.id)]).toEqual([true, true, 0n]);
});

test("a person's cap counts what the same number holds already: they are in, and their basket waits as it was", async ({
  db,
}) => {
  const world = aWorld(db);
  const most = await limit(db, world.system, "liveHoldUnits");
  const line = await aWish(world, most + 5);
  const browser = new Visitor(world, line.id, most);
  await browser.ask();
  await browser.type(lastCode(world));
  const again = new Visitor(world, line.id, 1);
  await again.ask();
  expect(await again.type(lastCode(world))).toMatchObject({ status: 302, to: "/basket" });
  expect([again.has("session"), again.has("basket")]).toEqual([true, true]);
});

test("an address whose account has a second step holds nothing before that was shown", async ({ db }) => {
  const world = aWorld(db);
  const line = await aWish(world);
  const person = await somebody(world);
  await aPhone(world, person);
  const browser = new Visitor(world, line.id);
  await browser.ask(person.email);
  const code = String(world.mails.findLast(({ template }) => template === "entryCode")?.data["code"]);
  const sessionsBefore = await db.select().from(sessions).where(eq(sessions.userId, person.userId));
  expect(await browser.type(code)).toMatchObject({ status: 200, shown: { askedStep: { back: "/basket" } } });
  expect([browser.has("session"), browser.has("basket"), await openOf(world, line.id)]).toEqual([
    false,
    true,
    3n,
  ]);
  expect(await db.select().from(sessions).where(eq(sessions.userId, person.userId))).toEqual(sessionsBefore);
});

test("nothing is held while a code travels; a hold that ran out before the gift was confirmed is said, and its units are back", async ({
  db,
}) => {
  const world = aWorld(db);
  const line = await aWish(world);
  const browser = new Visitor(world, line.id);
  await browser.ask();
  expect(await openOf(world, line.id)).toBe(3n);
  const { to } = await browser.type(lastCode(world));
  const donor = await donorOf(world, giftIn(to));
  world.clock.advance({ hours: (await limit(db, world.system, "holdHours")) + 1 });
  await expect(confirmGift(world.as(donor), giftIn(to), choices(world))).rejects.toMatchObject({
    code: "HOLD_ENDED",
  });
  await expireHolds(world.system);
  expect(await openOf(world, line.id)).toBe(3n);
});

test("news of a gift reaches a number as one text that names nothing; whoever has an address gets a letter", async ({
  db,
}) => {
  const world = aWorld(db);
  const line = await aWish(world);
  const browser = new Visitor(world, line.id);
  await browser.ask();
  const { to } = await browser.type(lastCode(world));
  const donor = await donorOf(world, giftIn(to));
  await confirmGift(world.as(donor), giftIn(to), choices(world));
  await drainOutbox(world.system);
  await drainOutbox(world.system);
  const news = world.texts.filter(({ template }) => template === "giftNews");
  expect(news).toEqual([
    {
      phone: "13800138000",
      locale: "zh-Hans",
      template: "giftNews",
      data: { code: giftIn(to), link: `http://portal.test/gifts/${giftIn(to)}` },
    },
  ]);
});
