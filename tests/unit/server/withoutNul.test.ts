import { Writable } from "node:stream";
import { createElement } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { withoutNul } from "~/server/withoutNul.server";

/**
 * The chunks as React writes them for a page whose Chinese words begin so many Latin characters after the
 * start.
 */
function chunksOf(offset: number): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    const { pipe } = renderToPipeableStream(page(offset), {
      onShellError: reject,
      onAllReady: () => {
        pipe(
          new Writable({
            write(chunk: Buffer, _encoding, done) {
              chunks.push(chunk);
              done();
            },
            final(done) {
              resolve(chunks);
              done();
            },
          }),
        );
      },
    });
  });
}

/** React sends long texts past its buffer: only short ones meet its end. */
const page = (offset: number) =>
  createElement(
    "div",
    null,
    "x".repeat(offset),
    ...Array.from({ length: 30 }, (_, nth) => createElement("p", { key: nth }, "书包和棉被😀".repeat(9))),
  );

test("a page's bytes are its characters wherever React's buffers end: no zero byte, none lost", async () => {
  let cleaned = 0;
  for (let offset = 0; offset < 40; offset += 1) {
    const chunks = await chunksOf(offset);
    cleaned += chunks.filter((chunk) => chunk.includes(0)).length;
    expect(Buffer.concat(chunks.map(withoutNul)).toString()).toBe(renderToString(page(offset)));
  }

  // React does leave them, or this proves nothing; a React that no longer does makes the cleaning needless.
  expect(cleaned).toBeGreaterThan(0);
});
