import { createHash } from "node:crypto";
import type { FilePort } from "~/domain/kernel/ports";
import type { ByteStore } from "./byteStore";
import { cleanPhoto } from "./cleanPhoto.server";
import { folderStore } from "./folder.server";
import { s3Store } from "./s3.server";

export type StorageSettings = Readonly<
  Partial<
    Record<
      "FILES_DIR" | "S3_ENDPOINT" | "S3_BUCKET" | "S3_REGION" | "S3_ACCESS_KEY_ID" | "S3_SECRET_ACCESS_KEY",
      string | undefined
    >
  >
>;

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Files named by their own SHA-256: a name can never come to mean other bytes, and what was changed or cut
 * off where it lies is not handed out. In the bucket that the settings name, else in their folder.
 */
export function makeFilePort(settings: StorageSettings): FilePort {
  const store = storeOf(settings);
  return {
    async put(bytes) {
      const sha256 = hashOf(bytes);
      await store.write(sha256, bytes);
      return { sha256 };
    },
    async get(sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
      const bytes = await store.read(sha256);
      return bytes !== undefined && hashOf(bytes) === sha256 ? bytes : undefined;
    },
    cleanPhoto,
  };
}

function storeOf(settings: StorageSettings): ByteStore {
  const {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_REGION: region,
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
    FILES_DIR: folder,
  } = settings;
  if (endpoint && bucket && region && accessKeyId && secretAccessKey)
    return s3Store({ endpoint, bucket, region, accessKeyId, secretAccessKey });
  if (folder) return folderStore(folder);
  throw new Error("neither FILES_DIR nor S3_* is set");
}
