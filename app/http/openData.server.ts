import { actingAs, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { FEWEST_OF_A_ROW } from "~/domain/kernel/pooled";
import { type HsdsListName, type HsdsParameters, readParameters } from "~/domain/lists/hsds/endpoints";
import type { Listing } from "~/domain/lists/hsds/published.server";
import { listsVersion } from "~/domain/lists/inForce.server";
import { OPEN_LICENCE } from "~/domain/trace/openDatasets";
import { within } from "~db/client";
import { isAway } from "./away.server";
import { contextOf, type RouteArgs } from "./context.server";
import { csvText } from "./csv.server";
import { bodyOfParts } from "./export.server";
import { readFrom } from "./fromReplica.server";
import { hasTag, tagOf, weakTagOf } from "./tag.server";

const DEADLINE_MS = 15_000;
/** Records made in one turn: few, so that nobody else waits long. */
const ROWS_AT_ONCE = 20;

/** For every site and every cache: what is here is public, and asks nobody who they are. */
const OPEN = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag" };
const FRESH = { ...OPEN, "Cache-Control": "public, max-age=300" };

const alreadyHas = ({ headers }: Request, tag: string): boolean => hasTag(headers.get("if-none-match"), tag);

/** Refusals of open data are JSON in English words, naming the parameter where one is wrong. */
const refused = (status: number, error: Readonly<{ parameter?: string; message: string }>): Response =>
  Response.json({ error }, { status, headers: { ...OPEN, "Cache-Control": "no-store" } });

async function answered(
  args: RouteArgs,
  work: (ctx: UseCaseContext) => Promise<Response>,
): Promise<Response> {
  // Without its cookies: whoever asks, nobody is looked up.
  const ctx = actingAs(await contextOf({ ...args, request: new Request(args.request.url), params: {} }), {
    kind: "visitor",
  });
  const replicaDb = await args.context.runtime.replica?.forLate();
  try {
    return await readFrom(replicaDb, ctx, (reading) => within(DEADLINE_MS, work(reading)));
  } catch (error) {
    if (error instanceof DomainError && error.code === "NOT_FOUND")
      return refused(404, { message: "There is nothing with this id." });
    if (isAway(error, args))
      return refused(503, { message: "The database does not answer. Please try again later." });
    throw error;
  }
}

function json(request: Request, value: unknown): Response {
  const body = JSON.stringify(value);
  const tag = tagOf(body);
  const headers = { ...FRESH, ETag: tag };
  if (alreadyHas(request, tag)) return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, "Content-Type": "application/json; charset=utf-8" } });
}

/** One open record or document. */
export const openDataRecord = (
  args: RouteArgs,
  read: (ctx: UseCaseContext, id: string) => unknown,
): Promise<Response> =>
  answered(args, async (ctx) => json(args.request, await read(ctx, args.params["id"] ?? "")));

type OpenRows = Readonly<{
  columns: readonly string[];
  rows: readonly Readonly<Record<string, string | number>>[];
}>;

/** One open table by the name of its file: `name.csv` or `name.json`. */
export const openFile = (
  args: RouteArgs,
  read: (ctx: UseCaseContext, name: string) => Promise<OpenRows | undefined>,
): Promise<Response> =>
  answered(args, async (ctx) => {
    const [file, name = "", format] = /^([a-z]+)\.(csv|json)$/.exec(args.params["file"] ?? "") ?? [];
    const table = await read(ctx, name);
    if (file === undefined || table === undefined) throw new DomainError("NOT_FOUND");
    if (format === "json")
      return json(args.request, {
        licence: OPEN_LICENCE,
        fewest_of_a_row: FEWEST_OF_A_ROW,
        rows: table.rows,
      });
    const body = csvText(
      table.columns,
      table.rows.map((row) => table.columns.map((column) => String(row[column] ?? ""))),
    );
    const headers = { ...FRESH, ETag: tagOf(body) };
    if (alreadyHas(args.request, headers.ETag)) return new Response(null, { status: 304, headers });
    return new Response(body, {
      headers: {
        ...headers,
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${file}"`,
      },
    });
  });

/**
 * A list of open records: a page of it, or with `format=ndjson` all of it, one record a line, as it is read.
 */
export const openList = <Row>(
  args: RouteArgs,
  list: HsdsListName,
  read: (ctx: UseCaseContext, asked: HsdsParameters) => Listing<Row> | Promise<Listing<Row>>,
): Promise<Response> =>
  answered(args, async (ctx) => {
    const asked = readParameters(list, new URL(args.request.url).searchParams);
    if ("message" in asked) return refused(400, asked);
    if (asked.format === "ndjson") return lines(args.request, ctx, list, () => read(ctx, asked));
    const { keys, read: readRows } = await read(ctx, asked);
    return json(
      args.request,
      page(
        asked,
        keys.length,
        await readRows(keys.slice((asked.page - 1) * asked.per_page, asked.page * asked.per_page)),
      ),
    );
  });

function page<Row>({ page: number, per_page }: HsdsParameters, total: number, contents: readonly Row[]) {
  const pages = Math.max(1, Math.ceil(total / per_page));
  return {
    total_items: total,
    total_pages: pages,
    page_number: number,
    size: contents.length,
    first_page: number === 1,
    last_page: number >= pages,
    empty: contents.length === 0,
    contents,
  };
}

/**
 * The whole is not known before its last line is sent, so its tag is made from the version of the lists, and
 * from how the first record is written, which changes with the portal.
 */
async function lines<Row>(
  request: Request,
  ctx: UseCaseContext,
  list: HsdsListName,
  listing: () => Listing<Row> | Promise<Listing<Row>>,
): Promise<Response> {
  const version = await listsVersion(ctx.db, ctx.now());
  const { keys, read } = await listing();
  const tag = weakTagOf(JSON.stringify([version, request.url, await read(keys.slice(0, 1))]));
  const headers = { ...FRESH, ETag: tag };
  if (alreadyHas(request, tag)) return new Response(null, { status: 304, headers });
  const parts = async function* () {
    for (let from = 0; from < keys.length; from += ROWS_AT_ONCE) {
      const rows = await read(keys.slice(from, from + ROWS_AT_ONCE));
      if (rows.length > 0) yield rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    }
  };

  const body = bodyOfParts(ctx, `${list}.ndjson`, parts());
  return new Response(body, {
    headers: { ...headers, "Content-Type": "application/x-ndjson; charset=utf-8" },
  });
}
