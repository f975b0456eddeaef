import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import type { FilePort } from "~/domain/kernel/ports";

/** Files in a folder, named by their own SHA-256 and written once: a name can never come to mean other bytes. */
export function makeFilePort(folder: string): FilePort {
  const placeOf = (sha256: string) => path.join(folder, sha256.slice(0, 2), sha256);
  return {
    async put(bytes) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const place = placeOf(sha256);
      await mkdir(path.dirname(place), { recursive: true });
      // Written aside and renamed, so that a crash never leaves half a file under a whole name.
      const aside = `${place}.${randomUUID()}`;
      await writeFile(aside, bytes);
      await rename(aside, place);
      return { sha256 };
    },
    async get(sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
      try {
        return await readFile(placeOf(sha256));
      } catch {
        return undefined;
      }
    },
  };
}
