import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, stat } from "node:fs/promises";
import path from "node:path";
import { type ByteStore, storedPlaceOf } from "./byteStore";

/** Bytes in a folder, written once. */
export function folderStore(folder: string): ByteStore {
  return {
    async write(sha256, bytes) {
      const place = path.join(folder, storedPlaceOf(sha256));
      if (!(await exists(place))) await writeWhole(place, bytes);
    },
    read: (sha256) => readFile(path.join(folder, storedPlaceOf(sha256))).catch(() => undefined),
  };
}

const exists = (place: string): Promise<boolean> =>
  stat(place).then(
    () => true,
    () => false,
  );

/**
 * Written aside, forced to the disk and renamed, so that a crash never leaves half a file under a whole name.
 */
async function writeWhole(place: string, bytes: Uint8Array): Promise<void> {
  await mkdir(path.dirname(place), { recursive: true });
  const aside = `${place}.${randomUUID()}`;
  const file = await open(aside, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }

  await rename(aside, place);
}
