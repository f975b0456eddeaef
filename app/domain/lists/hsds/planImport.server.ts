import { and, asc, desc, eq, notInArray } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { OF_ANOTHER_DIRECTORY } from "~/domain/lists/desk/writeItems.server";
import type { ItemContent } from "~/domain/lists/imports/itemContent";
import { listsVersion } from "~/domain/lists/inForce.server";
import { listItems, type ListName } from "~db/schema/directory";
import { journal } from "~db/schema/journal";
import { reach } from "./assemble";
import { foreignCode, serviceIdOf, uuid5 } from "./ids.server";
import { lostOf } from "./lost";
import { type Note, Notes, type Origin } from "./notes";
import { HsdsParts } from "./parts";
import { readHsdsService } from "./prune";
import { surroundingsAt } from "./queries.server";
import { type InputFile, type Package, readPackage } from "./readPackage.server";
import type { Service } from "./shapes";
import { digestOf, toItem } from "./toItem.server";
import { type ListItem, toService } from "./toService.server";

type New = Extract<ItemContent, { as: "new" }>;
type Changed = Extract<ItemContent, { as: "changed" }>;
export type Birth = Readonly<{ origin: Origin; content: New; item: undefined }>;
export type Change = Readonly<{ origin: Origin; content: Changed; item: ListItem; keys: readonly string[] }>;

/** What an import of these files would do, and what is to be said of their rows. Reads only. */
export type HsdsPlan = Readonly<{
  births: readonly Birth[];
  changes: readonly Change[];
  /** Those that read as they do already. */
  same: readonly Readonly<{ origin: Origin; code: string }>[];
  rows: Readonly<{ total: number; refused: number; warned: number }>;
  notes: readonly Note[];
  /** The version of the lists when this was planned. */
  version: string;
}>;

type Choices = Readonly<{ list: ListName; publish: boolean }>;

/**
 * Reads a package and compares it with the lists as they stand; see `importHsds` for what is refused and what
 * is only said.
 */
export async function planImport(
  ctx: UseCaseContext,
  files: readonly InputFile[],
  choices: Choices,
): Promise<HsdsPlan> {
  const now = ctx.now();
  const version = await listsVersion(ctx.db, now);
  const notes = new Notes();
  const pack = readPackage(files, notes);
  const surroundings = await surroundingsAt(ctx.db, now);
  const stored = await ctx.db.select().from(listItems).orderBy(asc(listItems.code));
  const byId = new Map(stored.map((item) => [serviceIdOf(item), item]));
  const taken = new Set(stored.map(({ code }) => code));
  const edited = await editedByHand(ctx);
  const originOf = (part: object): Origin | undefined => pack.origins.get(part);
  const births: Birth[] = [];
  const changes: Change[] = [];
  const same: HsdsPlan["same"][number][] = [];
  const seen = new Set<string>();
  const reached = new Set<object>();

  for (const { value, origin } of pack.services) {
    const service = accepted(value, origin, seen, pack, notes);
    if (service === undefined) continue;
    const id = service.id.toLowerCase();
    const existing = byId.get(id);
    const reading = { origin, originOf, notes, towns: surroundings.towns, now, list: choices.list };
    const { values, modified, holdBack } = toItem(service, existing, reading);
    const state = choices.publish && !holdBack ? ("published" as const) : ("draft" as const);
    const code = existing?.code ?? codeFor(service, id, taken);
    const item: ListItem = existing
      ? { ...existing, ...values }
      : {
          ...values,
          id: ctx.newId(),
          code,
          state,
          version: 1,
          number: 0,
          sort: 0,
          ownerId: null,
          inFinder: false,
          hsdsId: uuid5(`service:${code}`) === id ? null : id,
          createdAt: now,
          updatedAt: modified,
        };
    const shown = toService(item, surroundings);
    for (const [at, names] of lostOf(service, shown, origin, originOf))
      notes.warn(at, "not_kept", names.join(", "));
    reach(service, reached);
    if (existing === undefined) {
      taken.add(code);
      const { hsdsId } = item;

      births.push({
        origin,
        content: {
          as: "new",
          values: { ...values, code, state, hsdsId, inFinder: false, updatedAt: modified },
        },
        item: undefined,
      });

      continue;
    }

    const keys = differences(toService(existing, surroundings), shown);
    if (keys.length === 0 || existing.state === "retired" || lastDigest(existing) === digestOf(service)) {
      if (existing.state === "retired" && keys.length > 0) notes.warn(origin, "retired_here", existing.code);
      same.push({ origin, code: existing.code });
    } else if (
      edited.has(existing.id) &&
      !(service.last_modified !== undefined && modified >= existing.updatedAt)
    )
      notes.refuse(origin, "changed_here", existing.code);
    else
      changes.push({
        origin,
        content: {
          as: "changed",
          code: existing.code,
          version: existing.version,
          values: changed(existing, values),
        },
        item: existing,
        keys,
      });
  }

  for (const row of pack.rows) {
    const origin = originOf(row);
    if (origin && !reached.has(row) && !notes.isRefused(origin)) notes.refuse(origin, "links_to_nothing");
  }

  return {
    births,
    changes,
    same,
    rows: { total: pack.total, ...notes.counts() },
    notes: notes.all(),
    version,
  };
}

/** A valid service with somebody who provides it, for the first time in this package. */
function accepted(
  value: unknown,
  origin: Origin,
  seen: Set<string>,
  { origins }: Package,
  notes: Notes,
): Service | undefined {
  const service = readHsdsService(value, { origin, origins, notes });
  if (service === undefined) return undefined;
  if (service.organization === undefined) notes.refuse(origin, "no_organization");
  else if (seen.has(service.id.toLowerCase())) notes.refuse(origin, "twice", service.id);
  else {
    seen.add(service.id.toLowerCase());
    return service;
  }

  return undefined;
}

/** Our own code where the id proves that the item was ours; else one made from the id. */
function codeFor({ attributes }: Service, id: string, taken: ReadonlySet<string>): string {
  const told = attributes?.find(({ link_type }) => link_type === "local_code")?.value;
  return told !== undefined && uuid5(`service:${told}`) === id
    ? told
    : foreignCode(id, (code) => taken.has(code));
}

const lastDigest = ({ hsdsParts }: ListItem): string | undefined =>
  hsdsParts === null ? undefined : HsdsParts.parse(hsdsParts).digest;

/** The columns that would hold something else. */
const changed = (item: ListItem, values: Changed["values"]): Changed["values"] =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([column, value]) => JSON.stringify(value) !== JSON.stringify(item[column as keyof ListItem]),
    ),
  );

/** The keys of a record that would read differently. */
function differences(before: Service, after: Service): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof Service)[];
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

/**
 * Items whose words were last changed by a person here, not by an import: an older record does not
 * overwrite that.
 */
async function editedByHand(ctx: UseCaseContext): Promise<Set<string>> {
  const rows = await ctx.db
    .selectDistinctOn([journal.entityId], { id: journal.entityId, reason: journal.reason })
    .from(journal)
    .where(
      and(
        eq(journal.entity, "list_item"),
        notInArray(journal.event, [
          "list_item.check",
          "list_item.publish",
          "list_item.retire",
          "list_item.take_in",
        ]),
      ),
    )
    .orderBy(asc(journal.entityId), desc(journal.entityVersion));
  return new Set(rows.filter(({ reason }) => reason !== OF_ANOTHER_DIRECTORY).map(({ id }) => id));
}
