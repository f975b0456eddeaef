import { eq } from "drizzle-orm";
import { actingAs, type UseCaseContext } from "~/domain/kernel/context.server";
import { uuid5 } from "~/domain/lists/hsds/ids.server";
import { type HsdsImportAnswer, importHsds } from "~/domain/lists/hsds/importHsds.server";
import type { InputFile } from "~/domain/lists/hsds/readPackage.server";
import type { Database } from "~db/client";
import { listItems } from "~db/schema/directory";
import { journal } from "~db/schema/journal";
import type { World } from "../support/world";
import { workOff } from "./imports";
import { aPerson } from "./people";

export const idOf = (name: string): string => uuid5(`elsewhere:${name}`);

type Json = Record<string, unknown>;

/**
 * A service as another directory would give it out: complete, with an organization. Say only what your test
 * is about.
 */
export const aForeignService = (name: string, more: Json = {}): Json => ({
  id: idOf(name),
  name,
  description: `${name}的内容`,
  status: "active",
  eligibility_description: "需要的人",
  last_modified: "2026-02-01T00:00:00.000Z",
  service_areas: [{ id: idOf(`${name} area`), name: "全市", extent: "442000", extent_type: "CN-GB2260" }],
  organization: { id: idOf("organization"), name: "演示服务中心", description: "演示服务中心" },
  ...more,
});

const file = (name: string, text: string): InputFile => ({ name, bytes: Buffer.from(text) });

export const json = (...records: unknown[]): InputFile => file("services.json", JSON.stringify(records));
export const ndjson = (text: string): InputFile => file("services.ndjson", text);

/** A table of a package: a header and rows, given as text. */
export const table = (name: string, head: string, ...rows: string[]): InputFile =>
  file(`${name}.csv`, [head, ...rows].join("\r\n"));

/** A place with an address, as another directory describes it. */
export const PLACE = {
  id: idOf("location"),
  location_type: "physical",
  name: "演示中心一楼",
  latitude: 22.5,
  longitude: 113.4,
  addresses: [
    {
      id: idOf("address"),
      address_1: "示例路 1 号",
      city: "示例市",
      state_province: "示例省",
      postal_code: "000000",
      country: "CN",
      address_type: "physical",
    },
  ],
};

export const anOperator = async (world: World): Promise<UseCaseContext> =>
  world.as(await aPerson(world, { role: "operator", scope: { kind: "city" } }));

/** A dry run. */
export const tryOut = (
  ctx: UseCaseContext,
  files: readonly InputFile[],
  publish = true,
): Promise<HsdsImportAnswer> => importHsds(ctx, { files, list: "social", publish });

/** A dry run, and then writing what it showed, by the worker where it is much. */
export async function takeIn(
  ctx: UseCaseContext,
  files: readonly InputFile[],
  publish = true,
): Promise<HsdsImportAnswer> {
  const answer = await importHsds(ctx, {
    files,
    list: "social",
    publish,
    seen: (await tryOut(ctx, files, publish)).seen,
  });
  if (answer.jobId !== undefined) await workOff(actingAs(ctx, { kind: "system", name: "worker" }));
  return answer;
}

/** What was said of the rows, a line each. */
export const told = ({ notes }: HsdsImportAnswer): string[] =>
  notes.map(
    ({ outcome, file: name, row, code, detail }) =>
      `${outcome} ${name} ${row} ${code}${detail === "" ? "" : `: ${detail}`}`,
  );

/** The entry that came with the id of that name. */
export const takenIn = async (db: Database, name: string) =>
  (
    await db
      .select()
      .from(listItems)
      .where(eq(listItems.hsdsId, idOf(name)))
  )[0];

/** How many steps of entries the journal holds. */
export const stepsOfEntries = async (db: Database): Promise<number> =>
  (await db.select({ id: journal.id }).from(journal).where(eq(journal.entity, "list_item"))).length;
