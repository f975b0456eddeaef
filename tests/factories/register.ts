import { eq } from "drizzle-orm";
import { dayPlus, shanghaiDay } from "~/domain/kernel/time";
import { decideEntry } from "~/domain/register/decideEntry.server";
import { enterEntry } from "~/domain/register/enterEntry.server";
import { bodyPage } from "~/domain/register/queries.server";
import { EnterBodyInput, ENTRY_FORMS, type EntryInput } from "~/domain/register/schemas";
import type { EntryKind } from "~/domain/register/vocabulary";
import { charities } from "~db/schema/organisations";
import type { World } from "../support/world";
import { aPerson } from "./people";

const SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
let serial = 0;
/** A credit code that nobody has, with its right check sign. */
function aCreditCode(): string {
  serial += 1;
  const body = `52440000TX${String(serial).padStart(7, "0")}`;
  const sum = Array.from(body).reduce((total, sign, index) => total + SIGNS.indexOf(sign) * 3 ** index, 0);
  return body + SIGNS.charAt((31 - (sum % 31)) % 31);
}

/** The calendar day so many days from now. */
export const inDays = (world: World, days: number) => dayPlus(shanghaiDay(world.clock.now()), days);
export const NAMES = {
  nameHans: "演示服务社（虚构）",
  nameHant: "演示服務社（虛構）",
  nameEn: "Demo Service (fictional)",
};
/** From today for 300 days, unless the test says otherwise. */
export const aPeriod = (world: World, from = 0, to = 300) => ({
  validFrom: inDays(world, from),
  validTo: inDays(world, to),
});

/** A body that is new to the register, as the form sends it. */
export const aBody = (
  world: World,
  bodyKind: "organisation" | "charity",
  rest: Record<string, unknown> = {},
) =>
  EnterBodyInput.parse({
    bodyKind,
    creditCode: aCreditCode(),
    ...NAMES,
    contactPhone: "0760-0000-4000",
    number: "演示民非第 0009 号",
    ...aPeriod(world),
    requestKey: world.system.newId(),
    ...rest,
  });

/** What one of the forms for a known body sends. */
export const anEntry = (world: World, form: EntryInput["form"], rest: Record<string, unknown>) =>
  ENTRY_FORMS[form].parse({
    form,
    ...aPeriod(world),
    requestKey: world.system.newId(),
    ...rest,
  });

/** Two people of the city who keep the register. */
export async function keepers(world: World) {
  const city = (role: "admin" | "operator") => aPerson(world, { role, scope: { kind: "city" } });
  return { one: world.as(await city("operator")), two: world.as(await city("admin")) };
}

export type Keepers = Awaited<ReturnType<typeof keepers>>;

/** The one entry of this kind that waits for that body. */
export async function waitingOf(by: Keepers["two"], bodyId: string, kind: EntryKind) {
  const found = (await bodyPage(by, bodyId)).entries.find(
    (row) => row.kind === kind && row.standing === "proposed",
  );
  if (!found) throw new Error(`no ${kind} waits`);
  return { kind, entryId: found.id, version: found.version };
}

/** Entered by one, approved by the other. */
export async function approved({ one, two }: Keepers, bodyId: string, kind: EntryKind, input: EntryInput) {
  await enterEntry(one, bodyId, input);
  const waiting = await waitingOf(two, bodyId, kind);
  await decideEntry(two, waiting, "approve");
  return { ...waiting, version: waiting.version + 1 };
}

export const demoCharity = async ({ db }: World): Promise<string> =>
  (await db.select().from(charities).where(eq(charities.creditCode, "53440000MJ0000000G")))[0]?.id ?? "";
