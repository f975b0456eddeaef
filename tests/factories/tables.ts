import { constants, deflateRawSync } from "node:zlib";
import { readTable, type TableFile } from "~/domain/kernel/tables/readTable.server";
import type { ReadTable, TableShape } from "~/domain/kernel/tables/table";

/** The table in a file. @throws when the file is none, or asks about its letters */
export function aTable(file: TableFile, shape: TableShape): ReadTable {
  const read = readTable(file, shape);
  if (read.kind !== "table") throw new Error(JSON.stringify(read));
  return read;
}

type Part = Readonly<Record<string, string>>;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

/**
 * The parts of a small workbook: the XML of its sheet's rows, of what follows them, and the number formats of
 * styles 1, 2, …
 */
export function workbookParts(
  rows: string,
  {
    after = "",
    formats = [],
    head = "",
  }: { after?: string; formats?: readonly (number | string)[]; head?: string } = {},
): Part {
  const own = formats.flatMap((format, index) =>
    typeof format === "string" ? [`<numFmt numFmtId="${200 + index}" formatCode="${format}"/>`] : [],
  );
  const ids = [
    "0",
    ...formats.map((format, index) => String(typeof format === "string" ? 200 + index : format)),
  ];
  return {
    "xl/workbook.xml": `${XML}<workbook ${MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="t/styles" Target="/xl/styles.xml"/><Relationship Id="rId3" Type="t/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    "xl/styles.xml": `${XML}<styleSheet ${MAIN}><numFmts>${own.join("")}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>${ids.map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs></styleSheet>`,
    "xl/sharedStrings.xml": `${XML}<sst ${MAIN}><si><t>甲</t></si><si><r><t>乙</t></r><rPh><t>yi</t></rPh><r><t>丙</t></r></si></sst>`,
    "xl/worksheets/sheet1.xml": `${XML}<worksheet ${MAIN}>${head}<sheetData>${rows}</sheetData>${after}</worksheet>`,
  };
}

/**
 * So many bytes of one letter, packed a thousandfold; never held unpacked: one megabyte of them is packed,
 * and stands there again and again.
 */
export function packedZeros(megabytes: number): Buffer {
  const one = deflateRawSync(Buffer.alloc(1024 * 1024), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: megabytes }, () => one), deflateRawSync(Buffer.alloc(0))]);
}

/**
 * An archive by hand, for what no packer writes: `claims` is what it says of the unpacked size; `packed` is
 * taken as it is.
 */
export function zipByHand(
  files: readonly Readonly<{ name: string; content: Uint8Array; claims?: number; packed?: Buffer }>[],
): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, claims = content.length, packed = deflateRawSync(content) } of files) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claims, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const body = Buffer.concat([Buffer.from("PK\u0003\u0004"), fields, Buffer.from(name), packed]);
    bodies.push(body);
    directory.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\0"), fields, place, Buffer.from(name)]));
    at += body.length;
  }

  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...bodies, listed, Buffer.from("PK\u0005\u0006"), end]);
}
