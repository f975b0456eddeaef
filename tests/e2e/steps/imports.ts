import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { aFileOf } from "../../factories/imports";

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
