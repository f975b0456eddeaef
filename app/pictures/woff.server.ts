import { inflateSync } from "node:zlib";

const HEAD_BYTES = 12;
const ENTRY_BYTES = 16;
const WOFF_HEAD_BYTES = 44;
const WOFF_ENTRY_BYTES = 20;

/**
 * A font as a system keeps it, out of WOFF 1.0 (its tables, each packed by zlib): what draws a system's fonts
 * reads no WOFF, and what reads one in JavaScript does not unpack each that zlib does.
 */
export function unpackWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const power = 2 ** Math.floor(Math.log2(count));
  const head = Buffer.alloc(HEAD_BYTES + count * ENTRY_BYTES);
  woff.copy(head, 0, 4, 8);
  for (const [index, value] of [count, power * 16, Math.log2(power), (count - power) * 16].entries())
    head.writeUInt16BE(value, 4 + index * 2);
  const tables: Buffer[] = [];
  let at = head.length;
  for (let index = 0; index < count; index += 1) {
    const entry = WOFF_HEAD_BYTES + index * WOFF_ENTRY_BYTES;
    const [offset, packedBytes, bytes] = [
      woff.readUInt32BE(entry + 4),
      woff.readUInt32BE(entry + 8),
      woff.readUInt32BE(entry + 12),
    ];
    const body = woff.subarray(offset, offset + packedBytes);
    const table = Buffer.alloc(Math.ceil(bytes / 4) * 4);
    (packedBytes < bytes ? inflateSync(body) : body).copy(table);
    const place = HEAD_BYTES + index * ENTRY_BYTES;
    woff.copy(head, place, entry, entry + 4);
    woff.copy(head, place + 4, entry + 16, entry + 20);
    head.writeUInt32BE(at, place + 8);
    head.writeUInt32BE(bytes, place + 12);
    tables.push(table);
    at += table.length;
  }

  return Buffer.concat([head, ...tables]);
}
