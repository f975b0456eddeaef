import { readFileSync } from "node:fs";
import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { guarded, unguarded } from "~/domain/kernel/tables/cells";
import { readTable } from "~/domain/kernel/tables/readTable.server";
import type { TableShape } from "~/domain/kernel/tables/table";
import { TooMuchInside, unzipBounded } from "~/domain/kernel/tables/unzip.server";
import { LIST_TABLE } from "~/domain/lists/desk/listColumns";
import { WISH_TABLE } from "~/domain/needs/wishTable";
import { aTable, workbookParts, zipByHand } from "../../factories/tables";

const SHAPE: TableShape = {
  columns: ["key", "name", "size", "note"],
  required: [["key"], ["name", "size"]],
  explained: { column: "key", words: ["示例"] },
  mostRows: 50,
};
const text = (content: string | Uint8Array, name = "a.csv") => ({
  name,
  bytes: typeof content === "string" ? Buffer.from(content) : content,
});
const cellsOf = (content: string | Uint8Array) =>
  aTable(text(content), SHAPE).rows.map(({ row, cells }) => [
    row,
    ...["key", "name", "size"].map((column) => cells[column]),
  ]);
const trouble = (content: string | Uint8Array, shape = SHAPE) => {
  const read = readTable(text(content), shape);
  return read.kind === "trouble" ? read.trouble : read.kind;
};

const book = (rows: string, more: Parameters<typeof workbookParts>[1] = {}) =>
  zipSync(
    Object.fromEntries(Object.entries(workbookParts(rows, more)).map(([name, xml]) => [name, strToU8(xml)])),
  );
const s = (at: string, said: string) => `<c r="${at}" t="inlineStr"><is><t>${said}</t></is></c>`;
const BOOK_HEAD = `<row r="1">${s("A1", "key")}${s("B1", "name")}${s("C1", "size")}</row>`;
const sheetCells = (cells: string, formats: readonly (number | string)[] = [], head?: string) => {
  const table = aTable(
    text(
      book(`${BOOK_HEAD}<row r="2">${s("A2", "a")}${cells}</row>`, {
        formats,
        ...(head === undefined ? {} : { head }),
      }),
    ),
    SHAPE,
  );
  return [
    table.rows[0]?.cells["name"],
    table.rows[0]?.cells["size"],
    ...table.problems.map(({ problem }) => problem),
  ];
};

test("comma, semicolon and tab, in UTF-8 with and without its mark and in both UTF-16, read the same", () => {
  const rows = (separator: string) =>
    ["key,name,size", "a,台灯,1", "b,书包,2"].join("\r\n").replaceAll(",", separator);
  const expected = [
    [2, "a", "台灯", "1"],
    [3, "b", "书包", "2"],
  ];
  for (const separator of [",", ";", "\t"]) {
    const utf16 = Buffer.from(`\uFEFF${rows(separator)}`, "utf16le");
    for (const content of [rows(separator), `\uFEFF${rows(separator)}`, utf16, Buffer.from(utf16).swap16()])
      expect(cellsOf(content)).toEqual(expected);
  }

  // A separator of another kind within a cell stays in it.
  expect(cellsOf('key;name;size\na;"一;二, 三";1')).toEqual([[2, "a", "一;二, 三", "1"]]);
});

test("rows are counted as a spreadsheet counts them: titles, blank rows and cells of several lines included", () => {
  const table = aTable(
    text('汇总表,,\n,,\nkey,name,size\n,,\na,"一\n二",1\n,,\n"  ", ,\nb,三,2\n合计,,3\n,,\n'),
    SHAPE,
  );
  expect(table.rows.map(({ row, cells }) => [row, cells["name"]])).toEqual([
    [5, "一\n二"],
    [8, "三"],
  ]);
  expect(table.remarks).toEqual([
    { problem: "tables.titleAbove", params: { row: 3 } },
    { problem: "tables.totalRows", params: { n: 1 } },
  ]);
});

test("what is said of a file is one sentence", () => {
  expect(trouble("")).toEqual({ problem: "tables.empty" });
  expect(trouble("\n,,\n")).toEqual({ problem: "tables.empty" });
  expect(trouble("甲,乙\n1,2\n")).toEqual({ problem: "tables.noHead", params: { columns: "key、name" } });
  expect(trouble("name,note\n1,2\n")).toEqual({
    problem: "tables.columnsMissing",
    params: { n: 1, columns: "key" },
  });
  expect(trouble("key,note\n1,2\n")).toEqual({
    problem: "tables.columnsMissing",
    params: { n: 1, columns: "name / size" },
  });
  expect(trouble("key,name,name\n1,2,3\n")).toEqual({
    problem: "tables.columnTwice",
    params: { column: "name" },
  });
  expect(trouble("key,name\n,\n")).toEqual({ problem: "tables.noRows" });
  expect(trouble("key,name\n示例,x\n")).toEqual({ problem: "tables.onlyExplained" });
  expect(trouble('key,name\n1,"2\n')).toMatchObject({ problem: "tables.quoteOpen" });
  expect(trouble(`key,name\n${"1,2\n".repeat(51)}`)).toEqual({
    problem: "tables.tooManyRows",
    params: { most: 50 },
  });
  expect(trouble(readFileSync("tests/inputs/old.xls"))).toEqual({ problem: "tables.oldFormat" });
  for (const other of [
    "%PDF-1.7",
    "<html><table></table></html>",
    "{\\rtf1 x}",
    Buffer.from("89504e470d0a1a0a0000", "hex"),
    zipSync({ mimetype: strToU8("application/vnd.oasis.opendocument.spreadsheet") }),
  ])
    expect(trouble(other)).toEqual({ problem: "tables.otherFormat" });
  for (const broken of [
    "PK\u0003\u0004 and no workbook",
    "PK\u0005\u0006",
    zipSync({ "xl/workbook.xml": strToU8("<a>"), "xl/_rels/workbook.xml.rels": strToU8("<") }).slice(0, -30),
  ])
    expect(trouble(broken)).toEqual({ problem: "tables.broken" });
  expect(trouble(readFileSync("tests/inputs/other-columns.csv"), WISH_TABLE)).toEqual({
    problem: "tables.columnsMissing",
    params: { n: 2, columns: "object_kind、sealed_name" },
  });
});

test("rows of commas, a title above the head and headings written otherwise are read", () => {
  const wishes = (name: string) => aTable({ name, bytes: readFileSync(`tests/inputs/${name}`) }, WISH_TABLE);
  expect(wishes("blank-rows.csv").rows.map(({ row }) => row)).toEqual([2, 3]);
  expect(wishes("title-row.csv")).toMatchObject({
    rows: [{ row: 3 }, { row: 4 }],
    remarks: [{ problem: "tables.titleAbove", params: { row: 2 } }],
  });
  expect(cellsOf(" Ｋｅｙ , NAME\na,x")).toEqual([[2, "a", "x", undefined]]);
});

test("letters of another encoding are asked about with a sample, and read once somebody says so", () => {
  // 台灯, 书包 in GB18030; 檯燈 in Big5.
  const gb = Buffer.concat([
    Buffer.from("key,name\r\na,"),
    Buffer.from("ccA8b5c6", "hex"),
    Buffer.from("\r\nb,"),
    Buffer.from("cae9b0fc", "hex"),
  ]);
  const asked = readTable(text(gb), SHAPE);
  expect(asked).toMatchObject({ kind: "ask" });
  expect(asked.kind === "ask" && asked.samples[0]).toEqual({
    encoding: "gb18030",
    lines: ["a,台灯", "b,书包"],
  });
  expect(aTable({ ...text(gb), encoding: "gb18030" }, SHAPE).rows.map(({ cells }) => cells["name"])).toEqual([
    "台灯",
    "书包",
  ]);
  const big5 = Buffer.concat([
    Buffer.from("key,name\r\na,"),
    Buffer.from("c2 69 bf 4f".replaceAll(" ", ""), "hex"),
  ]);
  const other = readTable(text(big5), SHAPE);
  expect(other.kind === "ask" && other.samples.map(({ encoding }) => encoding)).toContain("big5");
  const silent = Buffer.from("key,name\r\na,台灯\r\n", "utf16le");
  expect(readTable(text(silent), SHAPE)).toMatchObject({
    kind: "ask",
    samples: [{ encoding: "utf-16le", lines: ["a,台灯"] }],
  });
});

test("a broken byte in UTF-8 is named by its row and heading, and so is a sign that no page shows", () => {
  const broken = Buffer.concat([
    Buffer.from("key,name\r\na,晚上写字光线暗想要一盏台灯\r\nb,双肩书包旧了"),
    Buffer.from([0xe5, 0x8c]),
    Buffer.from("想要\r\nc,\u0000好\r\nd,\uFFFD\r\n"),
  ]);
  expect(aTable(text(broken), SHAPE).problems).toEqual(
    [3, 4, 5].map((row) => ({ row, column: "name", problem: "tables.brokenLetter" })),
  );
});

test("more cells than headings is named: a comma without quotation marks moved everything", () => {
  expect(aTable(text("key,name,size\na,一,二,3\nb,三,4"), SHAPE).problems).toEqual([
    { row: 2, column: "", problem: "tables.moreCells" },
  ]);
});

test("cells of a workbook read as its sheet shows them", () => {
  expect(sheetCells('<c r="B2" s="1"><v>0.375</v></c><c r="C2" s="2"><v>46354</v></c>', [14, 14])).toEqual([
    "09:00",
    "2026-11-28",
  ]);
  expect(
    sheetCells('<c r="B2" s="1"><v>0.3756944444444445</v></c><c r="C2" s="2"><v>46354.375</v></c>', [
      "h:mm AM/PM",
      22,
    ]),
  ).toEqual(["09:01", "2026-11-28 09:00"]);
  expect(
    sheetCells('<c r="B2" s="1"><v>46354</v></c><c r="C2" s="2"><v>0.5</v></c>', [
      "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;",
      9,
    ]),
  ).toEqual(["2026-11-28", "50%"]);
  expect(
    sheetCells('<c r="B2" s="1"><v>1200</v></c><c r="C2" s="2"><v>123</v></c>', [
      "&quot;￥&quot;#,##0.00",
      "000000",
    ]),
  ).toEqual(["￥1,200.00", "000123"]);
  expect(
    sheetCells('<c r="B2"><v>76088880000</v></c><c r="C2" s="1"><v>0.30000000000000004</v></c>', ["General"]),
  ).toEqual(["76088880000", "0.3"]);
  expect(
    sheetCells('<c r="B2" s="1"><v>13800000000</v></c><c r="C2" s="2"><v>1.5</v></c>', [11, "[h]:mm"]),
  ).toEqual(["13800000000", "36:00"]);
  expect(
    sheetCells('<c r="B2" t="b"><v>1</v></c><c r="C2" t="str"><f>A1&amp;"x"</f><v>keyx</v></c>'),
  ).toEqual(["TRUE", "keyx"]);
  expect(sheetCells('<c r="B2" t="s"><v>1</v></c><c r="C2" t="d"><v>2026-11-28T00:00:00</v></c>')).toEqual([
    "乙丙",
    "2026-11-28",
  ]);
  expect(sheetCells(`${s("B2", "&#x20BB7;&lt;一&amp;二&gt;_x000A_三")}<c><f>1+1</f><v>2</v></c>`)).toEqual([
    "\u{20BB7}<一&二>\n三",
    "2",
  ]);
});

test("a cell that cannot be said is named: an error, a formula never worked out, digits lost", () => {
  expect(sheetCells('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C2"><f>NOW()</f></c>')).toEqual([
    "",
    "",
    "tables.formulaError",
    "tables.formulaEmpty",
  ]);
  expect(sheetCells('<c r="B2"><v>442000199001011000</v></c>')).toEqual(["", "", "tables.digitsLost"]);
});

test("merged cells are named, hidden rows are read and said, other sheets are said", () => {
  const rows = `<row r="1">${s("A1", "汇总")}</row><row r="3">${s("A3", "key")}${s("B3", "name")}</row><row r="4" hidden="1">${s("A4", "a")}${s("B4", "x")}</row><row r="5">${s("A5", "b")}</row>`;
  const table = aTable(
    text(
      book(rows, {
        after: '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="B4:B5"/></mergeCells>',
        head: '<cols><col min="2" max="2" hidden="1"/></cols>',
      }),
    ),
    SHAPE,
  );
  expect(table.problems).toEqual([{ row: 4, column: "B4:B5", problem: "tables.merged" }]);
  expect(table.rows.map(({ row }) => row)).toEqual([4, 5]);
  expect(table.remarks.map(({ problem }) => problem)).toEqual([
    "tables.titleAbove",
    "tables.hiddenRows",
    "tables.hiddenColumns",
  ]);
});

test("an opening time in a list's workbook is a time", () => {
  const table = aTable(
    { name: "lists-time.xlsx", bytes: readFileSync("tests/inputs/lists-time.xlsx") },
    LIST_TABLE,
  );
  expect(table.rows[0]?.cells).toMatchObject({ hours: "09:00", phone: "76088880000" });
});

test("a small file that unpacks into very much ends where the bound is, whatever it says of its size", () => {
  const parts = Object.entries(workbookParts("")).map(([name, xml]) => ({ name, content: Buffer.from(xml) }));
  const bomb = zipByHand([
    ...parts,
    { name: "xl/worksheets/sheet2.xml", content: Buffer.alloc(100 * 1024 * 1024), claims: 1 },
  ]);
  expect(bomb.length).toBeLessThan(1024 * 1024);
  expect(trouble(bomb)).toEqual({ problem: "tables.tooMuchInside" });
  expect(() =>
    unzipBounded(zipByHand([{ name: "a", content: Buffer.alloc(2_000), claims: 1 }]), {
      mostFiles: 5,
      mostBytes: 1_999,
    }),
  ).toThrow(TooMuchInside);
  expect(
    unzipBounded(zipByHand([{ name: "a", content: Buffer.alloc(2_000) }]), {
      mostFiles: 5,
      mostBytes: 2_000,
    }).get("a"),
  ).toHaveLength(2_000);
  const many = zipSync(
    Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`xl/${index}.xml`, new Uint8Array(1)])),
  );
  expect(trouble(many)).toEqual({ problem: "tables.tooMuchInside" });
  const wide = `${BOOK_HEAD}<row r="2"><c r="XFD2"><v>1</v></c></row>`;
  expect(trouble(book(wide))).toEqual({ problem: "tables.tooMuchInside" });
}, 60_000);

test("guarding a cell can be undone for any text, and nothing of a guarded cell runs, also where other separators are usual", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom("'", "=", "+", "-", "@", "＝", "\t", ";", ",", "\n", "\r", " ", "a", "1", "."),
      }),
      (cell) => {
        expect(unguarded(guarded(cell))).toBe(cell);
        for (const part of guarded(cell).split(/[,;\t\r\n]/))
          if (!/^-?\d+(\.\d+)?$/.test(cell)) expect(part.trimStart()).not.toMatch(/^[=+\-@＝]/);
      },
    ),
    { numRuns: 2_000 },
  );
});
