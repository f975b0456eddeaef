import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, stat } from "node:fs/promises";
import path from "node:path";
import type { FilePort } from "~/domain/kernel/ports";
import { cleanPhoto } from "./cleanPhoto.server";

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Files in a folder, named by their own SHA-256 and written once: a name can never come to mean other bytes. What was changed or
 * cut off on the disk is not handed out.
 */
export function makeFilePort(folder: string): FilePort {
  const placeOf = (sha256: string) => path.join(folder, sha256.slice(0, 2), sha256);
  return {
    async put(bytes) {
      const sha256 = hashOf(bytes);
      const place = placeOf(sha256);
      if (!(await exists(place))) await writeWhole(place, bytes);
      return { sha256 };
    },
    async get(sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
      const bytes = await readFile(placeOf(sha256)).catch(() => undefined);
      return bytes !== undefined && hashOf(bytes) === sha256 ? bytes : undefined;
    },
    cleanPhoto,
  };
}

const exists = (place: string): Promise<boolean> =>
  stat(place).then(
    () => true,
    () => false,
  );

/** Written aside, forced to the disk and renamed, so that a crash never leaves half a file under a whole name. */
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
