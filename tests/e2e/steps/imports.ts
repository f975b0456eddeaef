import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { aFileOf, aListOf } from "../../factories/imports";
import { ask } from "./rows";

type Sent = Readonly<{
  town: string;
  rows: readonly string[];
  name?: string;
  requestKey?: string;
  cookie?: string;
  origin: string;
}>;

/** Sends a file to be written, as the import page's form does. */
export const sendFile = (
  request: APIRequestContext,
  { town, rows, name = "名单.csv", requestKey = randomUUID(), cookie, origin }: Sent,
) =>
  request.post("/field/import", {
    headers: { origin, ...(cookie === undefined ? {} : { cookie }) },
    multipart: {
      townCode: town,
      write: "yes",
      requestKey,
      file: { name, mimeType: "text/csv", buffer: aFileOf(rows) },
    },
    maxRedirects: 0,
    timeout: 60_000,
  });

type SentList = Pick<Sent, "rows" | "requestKey" | "cookie" | "origin">;

/** Sends a file of entries of the lists to be written, as the lists' page does. */
export const sendList = (
  request: APIRequestContext,
  { rows, requestKey = randomUUID(), cookie, origin }: SentList,
) =>
  request.post("/lists-desk/files", {
    headers: { origin, ...(cookie === undefined ? {} : { cookie }) },
    multipart: {
      write: "yes",
      requestKey,
      file: { name: "list.csv", mimeType: "text/csv", buffer: aListOf(rows) },
    },
    maxRedirects: 0,
    timeout: 60_000,
  });

/** The lists as they were before these entries came: other journeys count what is there. */
export async function forgetEntries(which: string): Promise<void> {
  await ask("delete from import_job where kind <> 'wishes'");
  await ask(`delete from list_rule where item_code in (select code from list_item where ${which})`);
  await ask(`delete from list_item where ${which}`);
}

/** Stops it, as its page's form does. */
export const stopAt = (
  request: APIRequestContext,
  at: string,
  { origin, cookie }: Pick<Sent, "origin" | "cookie">,
) =>
  request.post(at, {
    headers: { origin, ...(cookie === undefined ? {} : { cookie }) },
    form: {},
    maxRedirects: 0,
  });
