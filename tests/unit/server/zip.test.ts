import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { zipped } from "~/server/zip.server";

const PAGE = "心愿".repeat(1_000);
const asking = (accept?: string, method = "GET") =>
  new Request("http://portal.test/", {
    method,
    headers: accept === undefined ? {} : { "accept-encoding": accept },
  });
const answer = (
  body: string,
  headers: Record<string, string> = { "content-type": "text/html; charset=utf-8" },
) => new Response(body, { status: 410, headers });

test("a browser that takes gzip gets the page zipped, with its status and headers, and the same words in it", async () => {
  const zip = await zipped(
    asking("br;q=0, gzip;q=0.8"),
    answer(PAGE, { "content-type": "text/html", "x-kept": "yes" }),
  );
  expect([
    zip.status,
    zip.headers.get("content-encoding"),
    zip.headers.get("vary"),
    zip.headers.get("x-kept"),
  ]).toEqual([410, "gzip", "Accept-Encoding", "yes"]);
  const bytes = Buffer.from(await zip.arrayBuffer());
  expect(bytes.length).toBeLessThan(PAGE.length);
  expect(gunzipSync(bytes).toString()).toBe(PAGE);
});

test("a browser that takes brotli gets that, wherever it names it", async () => {
  for (const accept of ["br", "gzip, deflate, br", "gzip;q=1.0, br;q=0.1", " gzip , br ; q=0.5"]) {
    const zip = await zipped(asking(accept), answer(PAGE));
    expect(zip.headers.get("content-encoding"), accept).toBe("br");
    expect(brotliDecompressSync(Buffer.from(await zip.arrayBuffer())).toString()).toBe(PAGE);
  }
});

test("who does not take it, who asks for the head alone, what is short, is no text, or is zipped already: sent as it is", async () => {
  for (const accept of [undefined, "", "deflate", "gzip;q=0", "gzip; q=0.0, br;q=0.000", "brotli", "*"])
    expect((await zipped(asking(accept), answer(PAGE))).headers.get("content-encoding"), accept).toBeNull();
  expect((await zipped(asking("gzip", "HEAD"), answer(PAGE))).headers.get("content-encoding")).toBeNull();
  const short = await zipped(asking("gzip"), answer("短"));
  expect([short.status, short.headers.get("content-encoding"), await short.text()]).toEqual([
    410,
    null,
    "短",
  ]);
  expect(
    (await zipped(asking("gzip"), answer(PAGE, { "content-type": "image/png" }))).headers.get(
      "content-encoding",
    ),
  ).toBeNull();
  expect(
    (
      await zipped(asking("gzip"), answer(PAGE, { "content-type": "text/html", "content-encoding": "br" }))
    ).headers.get("content-encoding"),
  ).toBe("br");
});
