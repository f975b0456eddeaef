import { uuidv7 } from "uuidv7";
import type { UserActor } from "~/domain/kernel/actor";
import { actingAs, type UseCaseContext } from "~/domain/kernel/context.server";
import type { CheckoutRequest, CheckoutSession, PaymentPort, Ports } from "~/domain/kernel/ports";
import { handleStripeEvent } from "~/domain/payments/handleStripeEvent.server";
import { startCheckout } from "~/domain/payments/startCheckout.server";
import { connect, type Database } from "~db/client";
import { DEMO_FILING_NUMBER, seedDemoCharity } from "~db/seed/charity";
import { as, DONORS, gifts } from "./giving";
import { serverMilliseconds } from "./processor";
import { median, percentile, rounded, say, withDatabase } from "./support";
import { donorId, lineId, openForFilling, type Superuser, writePeople, writeWishes } from "./wishes";

const WISHES = 2_000;
const HOT = WISHES + 1;
/** So many donors at a time. */
const CROWDS = [8, 64] as const;
/** Of each case. */
const PAYMENTS = 600;
const ROUNDS = 3;

const never = () => Promise.reject(new Error("nobody asks for this here"));

/** A payment service that answers at once, and keeps what it was asked for until it is paid. */
function aDesk() {
  const begun: (CheckoutSession & Readonly<{ account: string }>)[] = [];
  const createCheckout = (asked: CheckoutRequest): Promise<CheckoutSession> => {
    const session = {
      id: `cs_${asked.idempotencyKey}`,
      url: "http://desk.test/pay",
      status: "open",
      paymentStatus: "unpaid",
      paymentFailed: false,
      paymentIntentId: null,
      amountFen: asked.amountFen,
      currency: "cny",
      metadata: asked.metadata,
      account: asked.stripeAccountId,
    } as const;
    begun.push(session);
    return Promise.resolve(session);
  };

  const payments: PaymentPort = {
    livemode: false,
    createCheckout,
    readCheckout: never,
    expireCheckout: never,
    refund: never,
    readRefund: never,
    listEvents: never,
    verifyEvent: () => {
      throw new Error("nobody asks for this here");
    },
  };
  const ports: Ports = {
    payments,
    mail: { send: never },
    files: { put: never, get: never, cleanPhoto: never },
    texts: { canSend: false, reaches: () => false, send: never },
    faults: { rowsFailed: () => undefined },
  };
  return { ports, begun };
}

type Figures = Readonly<{ perSecond: number; p95Ms: number; portalMs: number; databaseMs: number }>;

/** So many at a time until all is done: how fast, and the processor time of each. */
async function crowd(
  sql: Superuser,
  { clients, total }: Readonly<{ clients: number; total: number }>,
  work: (n: number) => Promise<unknown>,
): Promise<Figures> {
  const took: number[] = [];
  let next = 0;
  const one = async () => {
    while (next < total) {
      const [mine, began] = [next++, performance.now()];
      await work(mine);
      took.push(performance.now() - began);
    }
  };

  const [began, cpuBefore, before] = [performance.now(), process.cpuUsage(), await serverMilliseconds(sql)];
  await Promise.all(Array.from({ length: clients }, one));
  const seconds = (performance.now() - began) / 1_000;
  const cpu = process.cpuUsage(cpuBefore);
  return {
    perSecond: total / seconds,
    p95Ms: percentile(took, 0.95),
    portalMs: (cpu.user + cpu.system) / 1_000 / total,
    databaseMs: ((await serverMilliseconds(sql)) - before) / total,
  };
}

/**
 * What a payment costs beside a gift of things, which shares its transaction in a crowd: donors begin to pay
 * (`startCheckout`, before a payment service that answers at once), then each is settled by its event
 * (`handleStripeEvent`); eight at a time and sixty-four, spread over many wishes and all on one. `ratio` is
 * payments begun a second over gifts a second, sixty-four on one wish.
 */
export async function pay(flags: ReadonlyMap<string, number>) {
  const total = flags.get("rows") ?? PAYMENTS;
  return withDatabase({ durable: true }, async (server) => {
    const sql = await openForFilling(server.superuserUrl);
    await writePeople(sql, DONORS);
    await writeWishes(sql, HOT, { units: 10_000_000, lines: true });
    const owner = connect(server.ownerUrl, { max: 1 });
    await seedDemoCharity(owner.db, { now: new Date(), newId: uuidv7 });
    await owner.close();
    const { db, close } = connect(server.appUrl);
    const { ports, begun } = aDesk();

    const begin = (clients: number, where: "spread" | "hot") =>
      crowd(sql, { clients, total }, (n) =>
        beginToPay(
          { ...as(db, donorId(1 + (n % DONORS))), ports },
          lineId(where === "hot" ? HOT : 1 + (n % WISHES)),
        ),
      );
    const settle = (clients: number) => {
      const sessions = begun.splice(0);
      return crowd(sql, { clients, total: sessions.length }, async (n) => {
        const session = sessions[n];
        if (session) await settled(db, ports, session);
      });
    };

    await begin(8, "spread");
    await settle(8);
    await sql.unsafe("vacuum analyze");
    const rounds: Readonly<{ name: string; begun: Figures; paid: Figures; gifts: number }>[] = [];
    for (let turn = 0; turn < ROUNDS; turn += 1)
      for (const clients of CROWDS)
        for (const where of ["spread", "hot"] as const) {
          const [first, last] = where === "hot" ? [HOT, HOT] : [1, WISHES];
          const round = {
            name: `${where}${clients}`,
            begun: await begin(clients, where),
            paid: await settle(clients),
            gifts: (await gifts(db, { clients, seconds: 3, first, last })).perSecond,
          };
          rounds.push(round);
          say(
            `${round.name}: begun ${inWords(round.begun)}; settled ${inWords(round.paid)}; ${rounded(round.gifts, 0)} gifts a second`,
          );
        }

    await close();
    await sql.end();
    const cases = [...new Set(rounds.map(({ name }) => name))];
    const medians = (of: (round: (typeof rounds)[number]) => number) =>
      Object.fromEntries(
        cases.map((name) => [
          name,
          rounded(median(rounds.filter((round) => round.name === name).map(of)), 1),
        ]),
      );
    const ofHot = rounds.filter(({ name }) => name === "hot64");
    return {
      ratio: rounded(median(ofHot.map((round) => round.begun.perSecond / round.gifts))),
      means: "payments begun a second over gifts a second, sixty-four donors on one wish",
      begunPerSecond: medians(({ begun: { perSecond } }) => perSecond),
      settledPerSecond: medians(({ paid }) => paid.perSecond),
      giftsPerSecond: medians((round) => round.gifts),
      portalMillisecondsPerBegun: medians(({ begun: { portalMs } }) => portalMs),
      databaseMillisecondsPerBegun: medians(({ begun: { databaseMs } }) => databaseMs),
      portalMillisecondsPerSettled: medians(({ paid }) => paid.portalMs),
      databaseMillisecondsPerSettled: medians(({ paid }) => paid.databaseMs),
    };
  });
}

const inWords = ({ perSecond, p95Ms, portalMs, databaseMs }: Figures): string =>
  `${rounded(perSecond, 0)} a second, 95th percentile ${rounded(p95Ms, 0)} ms, ${rounded(portalMs, 1)} + ${rounded(databaseMs, 1)} ms`;

const beginToPay = (ctx: UseCaseContext<UserActor>, line: string) =>
  startCheckout(ctx, {
    lineId: line,
    quantity: 1n,
    counts: "units",
    filingNumber: DEMO_FILING_NUMBER,
    displayChoice: "kind_person",
    ifGone: "ask_me",
    notRelative: "yes",
    requestKey: ctx.newId(),
  });

/** The payment service tells that this was paid. */
async function settled(
  db: Database,
  ports: Ports,
  { account, ...session }: CheckoutSession & Readonly<{ account: string }>,
): Promise<void> {
  const ctx = actingAs({ ...as(db, donorId(1)), ports }, { kind: "system", name: "bench" });
  const outcome = await handleStripeEvent(ctx, {
    id: `evt_${session.id}`,
    type: "checkout.session.completed",
    account,
    livemode: false,
    createdAt: new Date(),
    objectId: session.id,
    session: { ...session, status: "complete", paymentStatus: "paid", paymentIntentId: `pi_${session.id}` },
    refund: null,
  });
  if (outcome !== "handled") throw new Error(`a payment was ${outcome}`);
}
