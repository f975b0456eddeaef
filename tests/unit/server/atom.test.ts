import { expect, test } from "vitest";
import { atomOf, atomResponse } from "~/http/atom.server";

const NOW = new Date("2026-03-02T01:00:00Z");
const feed = (title: string, at = new Date("2026-03-01T00:00:00Z")) => ({
  url: "http://portal.test/wishes.atom?kind=goods&town=1",
  page: "http://portal.test/wishes",
  lang: "zh-Hans",
  title: "红心 · 心愿",
  author: "红心",
  now: NOW,
  entries: [{ url: "http://portal.test/wishes/W1", title, summary: "儿童 · 书包", at }],
});

test("whatever stands in a wish is text of the feed: no sign of it begins an element, and none that XML cannot hold is sent", () => {
  const text = atomOf(feed('a <b> & "c" ]]> \u0000\u0008\u001b\uffff d'));
  expect(text).toContain("<title>a &lt;b&gt; &amp; &quot;c&quot; ]]&gt;  d</title>");
  expect(text).toContain("<id>http://portal.test/wishes.atom?kind=goods&amp;town=1</id>");
  expect(text).toContain("<updated>2026-03-01T00:00:00.000Z</updated>");
  expect(text.match(/<entry>/g)).toHaveLength(1);
});

test("an empty feed says when it was asked", () => {
  expect(atomOf({ ...feed("a"), entries: [] })).toContain(`<updated>${NOW.toISOString()}</updated>`);
});

test("who has a feed is told that nothing is new, until something is", async () => {
  const asked = (tag?: string) =>
    new Request(
      "http://portal.test/wishes.atom",
      tag === undefined ? {} : { headers: { "if-none-match": tag } },
    );
  const first = atomResponse(asked(), feed("a"));
  const tag = first.headers.get("etag") ?? "";
  expect([first.status, first.headers.get("content-type")]).toEqual([
    200,
    "application/atom+xml; charset=utf-8",
  ]);
  const again = atomResponse(asked(`"x", ${tag}`), feed("a"));
  expect([again.status, await again.text()]).toEqual([304, ""]);
  expect(atomResponse(asked(tag), feed("b")).status).toBe(200);
});
