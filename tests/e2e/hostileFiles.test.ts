import type { Page } from "@playwright/test";
import { strToU8, zipSync } from "fflate";
import { packedZeros, workbookParts, zipByHand } from "../factories/tables";
import { ask } from "./steps/rows";
import { expect, signInAs, test } from "./support";

const NOTHING = Buffer.alloc(0);
/** Ten gigabytes in ten megabytes. */
const ZEROS = packedZeros(10 * 1024);
const parts = (rows: string) =>
  Object.entries(workbookParts(rows)).map(([name, xml]) => ({ name, content: strToU8(xml) }));

const cell = (at: string, said: string) => `<c r="${at}" t="inlineStr"><is><t>${said}</t></is></c>`;
const HEAD = `<row r="1">${cell("A1", "row_key")}${cell("B1", "title_zh")}${cell("C1", "group_code")}</row>`;

async function sent(
  page: Page,
  path: string,
  multipart: Record<string, string | { name: string; mimeType: string; buffer: Buffer }>,
  origin: string,
) {
  const startedAt = Date.now();
  const answer = await page.request.post(path, {
    headers: { origin },
    multipart,
    maxRedirects: 0,
    timeout: 120_000,
  });
  // What stands on the page, and not what its script could say.
  return {
    status: answer.status(),
    text: (await answer.text()).replace(/<script.*?<\/script>/gs, ""),
    ms: Date.now() - startedAt,
  };
}

/** What the portal goes on with meanwhile and afterwards. */
const answersOn = async (page: Page) => expect((await page.request.get("/healthz")).status()).toBe(200);

test("a workbook that unpacks into gigabytes, or lies about what is in it, is told in one sentence, and the portal answers on", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const bomb = zipByHand([
    ...parts(HEAD),
    { name: "xl/worksheets/sheet2.xml", content: NOTHING, packed: ZEROS, claims: 1 },
  ]);
  expect(bomb.length).toBeLessThan(12 * 1024 * 1024);
  const files: readonly (readonly [why: string, file: Buffer, says: string])[] = [
    ["ten gigabytes of zeros", bomb, "这个文件里面太大了"],
    [
      "many small files",
      zipByHand([
        ...parts(HEAD),
        ...Array.from({ length: 600 }, (_, n) => ({ name: `xl/${n}.xml`, content: NOTHING })),
      ]),
      "这个文件里面太大了",
    ],
    [
      "cells by the million",
      zipByHand(parts(HEAD + `<row>${"<c><v>1</v></c>".repeat(400)}</row>`.repeat(4_100))),
      "这个文件里面太大了",
    ],
    ["cut off", bomb.subarray(0, 1_000_000), "这个文件打不开"],
  ];
  for (const [who, path, more] of [
    ["方社工", "/field/import", {}],
    ["何干事", "/lists-desk/files", { list: "social" }],
  ] as const) {
    await signInAs(page, who);
    const town =
      path === "/field/import"
        ? /<option value="(\d{9})"/.exec(await (await page.request.get(path)).text())?.[1]
        : undefined;
    for (const [why, buffer, says] of files) {
      const form = {
        ...more,
        ...(town === undefined ? {} : { townCode: town, requestKey: crypto.randomUUID() }),
        file: { name: "a.xlsx", mimeType: "application/octet-stream", buffer },
      };
      const [answer] = await Promise.all([sent(page, path, form, baseURL ?? ""), answersOn(page)]);
      expect([who, why, answer.status, answer.text.includes(says)]).toEqual([who, why, 200, true]);
      expect(answer.ms, why).toBeLessThan(60_000);
    }
  }

  await answersOn(page);
});

test("an archive of lists that unpacks into gigabytes, has a hundred thousand files or rows, or names that every object has, is answered for, and the portal answers on", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(400_000);
  await signInAs(page, "何干事");
  const one = zipByHand([{ name: "services.json", content: Buffer.from("[]") }]);
  // Two megabytes of blanks under ninety names, each of which claims one byte: what comes out counts.
  const again = zipByHand(
    Array.from({ length: 90 }, (_, n) => ({
      name: `${n}.json`,
      content: Buffer.alloc(2 * 1024 * 1024, " "),
      claims: 1,
    })),
  );
  const id = "01a00000-0000-7000-8000-000000000001";
  const rows = Array.from(
    { length: 60_000 },
    (_, n) => `01b00000-0000-7000-8000-${String(n).padStart(12, "0")},${id}`,
  );
  const files: readonly (readonly [why: string, name: string, file: Buffer, says: string])[] = [
    [
      "ten gigabytes of zeros",
      "a.zip",
      zipByHand([{ name: "services.json", content: NOTHING, packed: ZEROS, claims: 1 }]),
      "文件太大或事项太多",
    ],
    [
      "many files",
      "a.zip",
      zipByHand(Array.from({ length: 60_000 }, (_, n) => ({ name: `${n}.json`, content: NOTHING }))),
      "文件太大或事项太多",
    ],
    ["bytes that count each time", "a.zip", again, "文件太大或事项太多"],
    ["a broken end", "a.zip", one.subarray(0, one.length - 10), "文件读不出来"],
    [
      "two hundred thousand rows that are no records",
      "a.ndjson",
      Buffer.from("x\n".repeat(200_000)),
      "这不是一条记录",
    ],
    ["two hundred thousand rows", "a.ndjson", Buffer.from("{}\n".repeat(200_000)), "文件太大或事项太多"],
    [
      "sixty thousand parts of one service",
      "a.zip",
      Buffer.from(
        zipSync({
          "services.csv": strToU8(`id,name\n${id},x\n`),
          "phones.csv": strToU8(`id,service_id\n${rows.join("\n")}`),
        }),
      ),
      "phones.csv",
    ],
    ...["constructor", "__proto__", "toString", "hasOwnProperty"].map(
      (name) =>
        [name, "a.zip", zipByHand([{ name, content: Buffer.from("a,b\n1,2") }]), "不认识这种文件"] as const,
    ),
  ];
  for (const [why, name, buffer, says] of files) {
    const form = { list: "social", files: { name, mimeType: "application/octet-stream", buffer } };
    const [answer] = await Promise.all([
      sent(page, "/lists-desk/hsds", form, baseURL ?? ""),
      answersOn(page),
    ]);
    expect([why, answer.status, answer.text.includes(says)]).toEqual([why, 200, true]);
    expect(answer.ms, why).toBeLessThan(100_000);
  }

  await answersOn(page);
});

test("a line of money is paid in yuan and a thing by the piece, whichever form is sent to it: never a fen for a fund, never three hundred shoes for three yuan", async ({
  page,
  baseURL,
}) => {
  const [money] = await ask<{ id: string; code: string; position: number }>(
    "select l.id, p.code, l.position from need_line l join public_need p on p.need_id = l.need_id where l.kind = 'money' and l.accepts and l.open > 100 limit 1",
  );
  const [thing] = await ask<{ id: string; code: string; position: number }>(
    "select l.id, p.code, l.position from need_line l join public_need p on p.need_id = l.need_id where l.kind = 'goods' and l.accepts and l.open > 0 and p.is_open limit 1",
  );
  const [filing] = await ask<{ number: string }>("select filing_number as number from programme limit 1");
  await signInAs(page, "爱心人士甲");
  const pay = (line: typeof money, more: Record<string, string>) =>
    page.request.post(`/wishes/${line?.code ?? ""}/pay/${line?.position ?? 0}`, {
      headers: { origin: baseURL ?? "" },
      form: {
        lineId: line?.id ?? "",
        filingNumber: filing?.number ?? "",
        displayChoice: "kind_person",
        ifGone: "ask_me",
        notRelative: "yes",
        requestKey: crypto.randomUUID(),
        ...more,
      },
      maxRedirects: 0,
    });
  const shown = (page: string) => page.replace(/<script.*?<\/script>/gs, "").includes("一个收钱，一个收东西");
  const counted = async () => (await ask<{ n: number }>("select count(*)::int as n from checkout"))[0]?.n;
  const before = await counted();
  for (const answer of [
    await pay(money, { quantity: "1" }),
    await pay(thing, { quantity: "3", amount: "yuan", atHand: "other" }),
  ])
    expect([answer.status(), shown(await answer.text())]).toEqual([422, true]);
  expect((await pay(money, { quantity: "0.5", amount: "yuan", atHand: "other" })).status()).toBe(422);
  // Nor is it promised as a thing that is brought.
  const basket = `basket=${Buffer.from((money?.id ?? "").replaceAll("-", ""), "hex").toString("base64url")}1`;
  const own = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const promised = await page.request.post("/basket", {
    headers: { origin: baseURL ?? "", cookie: `${own}; ${basket}` },
    form: { intent: "submit", requestKey: crypto.randomUUID() },
    maxRedirects: 0,
  });
  expect([promised.status(), shown(await promised.text())]).toEqual([422, true]);
  expect(await counted()).toBe(before);
});
