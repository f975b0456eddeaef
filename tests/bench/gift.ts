import { type AmongDonors, amongDonors, type Answer, ask } from "./donors";
import { processMilliseconds, serverMilliseconds } from "./processor";
import { median, rounded, say } from "./support";
import { openForFilling } from "./wishes";

const DONORS = 240;
const AT_ONCE = 8;
const ROUNDS = 3;
/** A portal that runs is warm; one that was just started compiles its code for some thousand requests. */
const BEFORE = 600;

const KEY = /name="requestKey" value="([^"]+)"/;

/** The key that a page's form carries. @throws where it has none */
function keyIn({ body, status }: Answer): string {
  const key = KEY.exec(body)?.[1];
  if (key === undefined) throw new Error(`a page without its form answered ${status}`);
  return key;
}

/** Where an answer leads. @throws where it leads nowhere */
function leadsTo({ location, status }: Answer): string {
  if (status !== 302 || location === "") throw new Error(`a form that was sent answered ${status}`);
  return location;
}

/**
 * One unit given as a donor gives it in a browser, in eight requests: the list, the wish, into the basket,
 * the basket, held, how it is given, confirmed, the gift's own page.
 */
async function giveOne({ origin, agent, wish }: AmongDonors, session: string): Promise<void> {
  let basket = "";
  const go = async (address: string, form?: Readonly<Record<string, string>>): Promise<Answer> => {
    const cookie = [session, basket].filter(Boolean).join("; ");
    const answer = await ask({ url: new URL(address, origin), agent, cookie, ...(form && { form }) });
    const set = answer.cookies.find((one) => one.startsWith("basket="));
    if (set !== undefined) basket = set.split(";")[0] ?? "";
    return answer;
  };

  await go("/wishes");
  await go(`/wishes/${wish.code}`);
  const put = await go("/basket", { intent: "add", line: wish.lineId, quantity: "1" });
  const shown = await go(leadsTo(put));
  const held = leadsTo(await go("/basket", { intent: "submit", requestKey: keyIn(shown) }));
  const confirmed = await go(held, {
    arrivalWay: "drop_off",
    displayChoice: "kind_person",
    ifGone: "ask_me",
    notRelative: "yes",
    requestKey: keyIn(await go(held)),
  });
  const gift = await go(leadsTo(confirmed));
  if (gift.status !== 200) throw new Error(`the gift's page answered ${gift.status}`);
}

/**
 * Whole gifts over HTTP, eight donors at a time who each give a unit of one wish: what a gift costs the
 * processors of the portal and of the database, pages and forms together.
 * @throws when a request of one is answered with anything but what a donor expects, or a check finds anything
 */
export async function gift(flags: ReadonlyMap<string, number>) {
  const donors = flags.get("rows") ?? DONORS;
  return amongDonors({ units: BEFORE + donors * ROUNDS, connections: AT_ONCE }, async (among) => {
    const sql = await openForFilling(among.superuserUrl);
    const round = async (gifts: number): Promise<{ portal: number; database: number }> => {
      const sessions = await among.signedIn(gifts);
      const before = [processMilliseconds(among.portalPid), await serverMilliseconds(sql)] as const;
      const give = async () => {
        for (let session = sessions.pop(); session !== undefined; session = sessions.pop())
          await giveOne(among, session);
      };

      await Promise.all(Array.from({ length: AT_ONCE }, give));
      return {
        portal: (processMilliseconds(among.portalPid) - before[0]) / gifts,
        database: ((await serverMilliseconds(sql)) - before[1]) / gifts,
      };
    };

    await round(BEFORE);
    const rounds: Awaited<ReturnType<typeof round>>[] = [];
    for (let turn = 1; turn <= ROUNDS; turn += 1) {
      const { portal, database } = await round(donors);
      rounds.push({ portal, database });
      say(`round ${turn}: ${rounded(portal, 1)} + ${rounded(database, 1)} ms of processor for a gift`);
    }

    await sql.end();
    const portal = median(rounds.map((one) => one.portal));
    const database = median(rounds.map((one) => one.database));
    return {
      ratio: rounded(portal + database, 1),
      means:
        "milliseconds of processor, portal and database together, for one gift over HTTP in eight requests: lower is better",
      portalMilliseconds: rounded(portal, 1),
      databaseMilliseconds: rounded(database, 1),
    };
  });
}
