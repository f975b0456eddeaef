import { inflateRawSync } from "node:zlib";

/** An archive that holds more than may be unpacked. */
export class TooMuchInside extends Error {}
/** An archive that cannot be unpacked. */
export class BrokenArchive extends Error {}

type Bounds = Readonly<{ mostFiles: number; mostBytes: number; wants?: (name: string) => boolean }>;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const MOST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks the files of an archive (ZIP) that are wanted. What comes out is counted as it comes, and unpacking
 * ends at the bound: what the archive says of its sizes is not believed, and a file that is named twice
 * counts twice.
 * @param mostBytes of everything that is unpacked, together
 * @throws {TooMuchInside} @throws {BrokenArchive} also for archives with a password or of several volumes
 */
export function unzipBounded(
  bytes: Uint8Array,
  { mostFiles, mostBytes, wants = () => true }: Bounds,
): Map<string, Uint8Array> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = new Map<string, Uint8Array>();
  let [left, count] = [mostBytes, 0];

  try {
    for (const { name, method, start, size } of entriesOf(archive)) {
      count += 1;
      if (count > mostFiles) throw new TooMuchInside();
      if (name.endsWith("/") || !wants(name)) continue;
      const packed = archive.subarray(start, start + size);
      if (method === STORED && packed.length > left) throw new TooMuchInside();
      if (method !== STORED && method !== DEFLATED) throw new BrokenArchive();
      const content =
        method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, left) });
      left -= content.length;
      files.set(name, content);
    }
  } catch (error) {
    if (error instanceof TooMuchInside) throw error;
    throw isTooLarge(error) ? new TooMuchInside() : new BrokenArchive();
  }

  return files;
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";

/**
 * What the directory at the archive's end lists, with where each file's bytes are. @throws when it leads out
 * of the archive
 */
function* entriesOf(
  archive: Buffer,
): Generator<{ name: string; method: number; start: number; size: number }> {
  let end = archive.length - END_BYTES;

  while (archive.readUInt32LE(end) !== END) {
    end -= 1;
    if (end < 0 || end < archive.length - END_BYTES - MOST_COMMENT) throw new BrokenArchive();
  }

  let at = archive.readUInt32LE(end + 16);

  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new BrokenArchive();
    const isSealed = (archive.readUInt16LE(at + 8) & 1) === 1;
    const size = archive.readUInt32LE(at + 20);
    const nameLength = archive.readUInt16LE(at + 28);
    const local = archive.readUInt32LE(at + 42);
    if (isSealed || archive.readUInt32LE(local) !== LOCAL) throw new BrokenArchive();
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    if (start + size > archive.length) throw new BrokenArchive();
    yield {
      name: archive.toString("utf8", at + 46, at + 46 + nameLength),
      method: archive.readUInt16LE(at + 10),
      start,
      size,
    };

    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

export const isArchive = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 0) < 9;
