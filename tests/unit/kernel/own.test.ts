import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { CorrectMomentInput } from "~/domain/kernel/moments/input";
import { isNameIn, ownOf } from "~/domain/kernel/own";
import { readTable } from "~/domain/kernel/tables/readTable.server";
import { Notes } from "~/domain/lists/hsds/notes";
import { readPackage } from "~/domain/lists/hsds/readPackage.server";
import { isReadWhole } from "~/domain/needs/wishFilter";
import { readBody } from "~/http/body.server";
import { workbookParts } from "../../factories/tables";

const INHERITED = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "isPrototypeOf"];

test("a table has its own names, and none of those that every object has", () => {
  const table = { one: 1, two: 2 } as const;
  expect([ownOf(table, "one"), isNameIn(table, "two"), ownOf(table, "three")]).toEqual([1, true, undefined]);
  for (const name of INHERITED)
    expect([name, ownOf(table, name), isNameIn(table, name)]).toEqual([name, undefined, false]);
});

test("so in what is asked of an address, of a form, and of files and what stands in them", async () => {
  const cell = (at: string, said: string) => `<c r="${at}" t="inlineStr"><is><t>${said}</t></is></c>`;
  for (const name of INHERITED) {
    expect(isReadWhole(new URLSearchParams([[name, "x"]])), name).toBe(false);
    expect(CorrectMomentInput.shape.step.safeParse(name).success).toBe(false);
    const form = new Request("http://portal.test/", {
      method: "POST",
      body: new URLSearchParams([[name, "x"]]),
    });
    expect(await readBody(form, 1_000)).toBe("unreadable");

    const notes = new Notes();
    expect(readPackage([{ name, bytes: Buffer.from("a,b\n1,2\n") }], notes).services).toEqual([]);
    expect(notes.all().map(({ code, file }) => [code, file])).toEqual([["unknown_file", name]]);

    const rows = `<row r="1">${cell("A1", "key")}${cell("B1", "name")}</row><row r="2">${cell("A2", "a")}${cell("B2", `&${name};`)}</row>`;
    const bytes = zipSync(
      Object.fromEntries(Object.entries(workbookParts(rows)).map(([part, xml]) => [part, strToU8(xml)])),
    );
    const read = readTable(
      { name: "a.xlsx", bytes },
      { columns: ["key", "name"], required: [["key"]], explained: { column: "key", words: [] }, mostRows: 5 },
    );
    expect(read).toMatchObject({ kind: "table", rows: [{ cells: { key: "a", name: `&${name};` } }] });
  }
});

test("rows by the ten thousand are read one after the other, also where all hang on one", () => {
  const many = new Notes();
  expect(readPackage([{ name: "a.ndjson", bytes: Buffer.from("{}\n".repeat(200_000)) }], many).total).toBe(
    200_000,
  );
  const id = "01a00000-0000-7000-8000-000000000001";
  const phones = Array.from(
    { length: 40_000 },
    (_, n) => `01b00000-0000-7000-8000-${String(n).padStart(12, "0")},${id}`,
  ).join("\n");
  const startedAt = process.cpuUsage();
  const { services, total } = readPackage(
    [
      { name: "services.csv", bytes: Buffer.from(`id,name\n${id},x\n`) },
      { name: "phones.csv", bytes: Buffer.from(`id,service_id\n${phones}\n`) },
    ],
    new Notes(),
  );
  expect([total, (services[0]?.value as { phones: unknown[] }).phones.length]).toEqual([40_001, 40_000]);
  // Copied for each row, the list of forty thousand would take minutes of the processor.
  expect(process.cpuUsage(startedAt).user / 1_000_000).toBeLessThan(20);
});
