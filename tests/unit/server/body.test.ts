import { expect, test } from "vitest";
import { MOST_TYPED_BYTES, readBody } from "~/http/body.server";

const MB = 1024 * 1024;

const posted = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request("http://portal.test/x", { method: "POST", body, headers });
const named = (...names: string[]) => posted(new URLSearchParams(names.map((name) => [name, "x"])));

test("a form of ours is read whole: every kind of name that a page gives, to its last row", async () => {
  const names = [
    "title",
    "household.person.name",
    "consents.scopes",
    "lines[0].item",
    "lines[199].quantity",
    "papers[12]",
    "needs-care",
    "a1_b",
  ];
  const form = await readBody(named(...names), MB);
  expect(form).toBeInstanceOf(FormData);
  expect([...(form as FormData).keys()]).toEqual(names);
});

test("a plain form says what the platform reads in it, whatever was typed and however it is spelt", async () => {
  const typed = [
    "",
    "a=1&a=2&b=",
    "a",
    "a=%E6%84%BF&b=愿望&c=%F0%9F%8E%92",
    "a=1+2&b=%2B%26%3D&c=%0D%0A",
    "a=%zz&b=%&c=%E6%84",
    "&&a=1&&",
    "a=1;b=2",
    "\uFEFFa=1",
    "a=\uFEFF1",
    Buffer.from([0x61, 0x3d, 0xff, 0xfe, 0x26, 0x62, 0x3d, 0x00]),
    "a=１２３&b=%00",
    "household.person.name=%C3%A9&lines%5B0%5D.item=x",
  ];
  const type = "application/x-www-form-urlencoded; charset=gbk";
  for (const body of typed) {
    const headers = { "content-type": type };
    const asPlatform = await new Response(body, { headers }).formData();
    const known = [...asPlatform.keys()].every((name) => /^[a-z]/.test(name));
    for (const said of [{}, { "content-length": String(Buffer.byteLength(body)) }]) {
      const read = await readBody(posted(body, { ...headers, ...said }), MB);
      expect(read instanceof FormData ? [...read] : read, JSON.stringify(body)).toEqual(
        known ? [...asPlatform] : "unreadable",
      );
    }
  }
});

test("what no page of ours sends is no form, before anything builds on its names", async () => {
  const hostile = [
    "consents.scopes[4294967294]",
    "lines[200].item",
    "lines[0200]",
    "__intent__",
    "__state__",
    "__proto__.x",
    "a.__proto__",
    "constructor",
    "a.constructor.b",
    "a[0].prototype",
    "a..b",
    "a[",
    "",
    "a b",
    "x".repeat(101),
  ];
  for (const name of hostile) expect(await readBody(named(name), MB), name).toBe("unreadable");
  expect(await readBody(named(...Array.from({ length: 2_000 }, (_, n) => `f${n % 50}`)), MB)).toBeInstanceOf(
    FormData,
  );
  expect(await readBody(named(...Array.from({ length: 2_001 }, () => "f")), MB)).toBe("unreadable");
});

test("only forms are read: another kind is named as one, a broken one is unreadable", async () => {
  for (const type of ["application/json", "text/plain", "application/xml", ""])
    expect(await readBody(posted("{}", { "content-type": type }), MB), type).toBe("no form");
  for (const type of ["multipart/form-data", "multipart/form-data; boundary=x"])
    expect(await readBody(posted("--y", { "content-type": type }), MB), type).toBe("unreadable");
});

test("typed fields are read to their bound and files to theirs, whether their length is said or not, and not a chunk further", async () => {
  const typed = new URLSearchParams({ a: "x".repeat(MOST_TYPED_BYTES) });
  expect(await readBody(posted(typed), 12 * MB)).toBe("too much");
  const file = new FormData();
  file.append("photo", new File([new Uint8Array(MB)], "p.jpg"));
  expect(await readBody(posted(file), 2 * MB)).toBeInstanceOf(FormData);
  expect(await readBody(posted(file), MOST_TYPED_BYTES)).toBe("too much");

  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled += 1;
      controller.enqueue(new Uint8Array(64 * 1024).fill(97));
    },
  });
  const unsaid = new Request("http://portal.test/x", {
    method: "POST",
    body: endless,
    duplex: "half",
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  expect(await readBody(unsaid, 12 * MB)).toBe("too much");
  expect(pulled).toBeLessThan(8);
});
