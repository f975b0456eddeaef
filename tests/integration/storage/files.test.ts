import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test as base } from "vitest";
import { type FilePort, FilesDown } from "~/domain/kernel/ports";
import { makeFilePort } from "~/integrations/storage/files.server";
import { s3Store } from "~/integrations/storage/s3.server";
import { BUCKET, type Bucket, startBucket } from "../../support/bucket";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const EVERY_BYTE = Uint8Array.from({ length: 256 * 1024 }, (_, index) => index % 256);

const test = base.extend<{ bucket: Bucket; s3: FilePort }>({
  // eslint-disable-next-line no-empty-pattern -- vitest reads the fixture's dependencies from this pattern
  bucket: async ({}, use) => {
    const bucket = await startBucket();
    await use(bucket);
    await bucket.stop();
  },
  s3: async ({ bucket }, use) => {
    await use(makeFilePort({ ...BUCKET, S3_ENDPOINT: bucket.url }));
  },
});

type Place = Readonly<{
  files: FilePort;
  lying: (sha256: string) => Buffer;
  forge: (sha256: string, bytes: Buffer) => void;
}>;

const PLACES: Readonly<Record<"a folder" | "a bucket", (bucket: Bucket) => Place>> = {
  "a folder": () => {
    const folder = mkdtempSync(path.join(tmpdir(), "hongxin-files-"));
    const at = (name: string) => path.join(folder, name.slice(0, 2), name);
    return {
      files: makeFilePort({ FILES_DIR: folder }),
      lying: (name) => readFileSync(at(name)),
      forge: (name, bytes) => {
        writeFileSync(at(name), bytes);
      },
    };
  },
  "a bucket": (bucket) => {
    const at = (name: string) => `/${BUCKET.S3_BUCKET}/${name.slice(0, 2)}/${name}`;
    return {
      files: makeFilePort({ ...BUCKET, S3_ENDPOINT: bucket.url }),
      lying: (name) => bucket.objects.get(at(name)) ?? Buffer.alloc(0),
      forge: (name, bytes) => {
        bucket.objects.set(at(name), bytes);
      },
    };
  },
};

describe.each(Object.entries(PLACES))("files in %s", (_name, placeIn) => {
  test("come back byte for byte, under their own SHA-256; nothing, and every byte there is, too", async ({
    bucket,
  }) => {
    const { files, lying } = placeIn(bucket);
    for (const bytes of [EVERY_BYTE, new Uint8Array(0), Buffer.from("证据")]) {
      const kept = await files.put(bytes);
      expect(kept.sha256).toBe(sha256(bytes));
      expect(Buffer.from((await files.get(kept.sha256)) ?? []).equals(Buffer.from(bytes))).toBe(true);
      expect(lying(kept.sha256).equals(Buffer.from(bytes))).toBe(true);
    }
  });

  test("may be put again and at once: there is one of them", async ({ bucket }) => {
    const { files } = placeIn(bucket);
    const names = await Promise.all(Array.from({ length: 8 }, () => files.put(Buffer.from("evidence"))));
    expect(new Set(names.map((kept) => kept.sha256)).size).toBe(1);
    expect(Buffer.from((await files.get(names[0]?.sha256 ?? "")) ?? []).toString()).toBe("evidence");
  });

  test("that were never kept, that are named otherwise, or that were changed where they lie are not handed out", async ({
    bucket,
  }) => {
    const { files, forge } = placeIn(bucket);
    expect(await files.get(sha256(Buffer.from("never kept")))).toBeUndefined();
    const { sha256: name } = await files.put(Buffer.from("evidence"));
    for (const wrong of ["../../etc/passwd", "", name.toUpperCase(), `${name}/..`, `${name}?x=1`])
      expect(await files.get(wrong)).toBeUndefined();
    for (const changed of ["forged", "evidenc", ""]) {
      forge(name, Buffer.from(changed));
      expect(await files.get(name)).toBeUndefined();
    }
  });
});

test("every request to the bucket is signed for exactly what it carries; a wrong key is let in nowhere", async ({
  bucket,
  s3,
}) => {
  const { sha256: name } = await s3.put(EVERY_BYTE);
  await s3.get(name);
  const place = `/${BUCKET.S3_BUCKET}/${name.slice(0, 2)}/${name}`;
  expect(bucket.asked).toEqual([`PUT ${place} 200`, `GET ${place} 200`]);

  bucket.asked.length = 0;
  const stranger = makeFilePort({
    ...BUCKET,
    S3_ENDPOINT: bucket.url,
    S3_SECRET_ACCESS_KEY: "not-the-secret",
  });
  await expect(stranger.put(Buffer.from("x"))).rejects.toThrow(FilesDown);
  await expect(stranger.get(name)).rejects.toThrow(FilesDown);
  expect(bucket.asked.every((line) => line.endsWith("403 the signature does not match"))).toBe(true);
  expect(bucket.objects.size).toBe(1);
});

test("an endpoint that carries the bucket in its host does not name it twice", async ({ bucket }) => {
  const { port } = new URL(bucket.url);
  const files = makeFilePort({ ...BUCKET, S3_BUCKET: "127", S3_ENDPOINT: `http://127.0.0.1:${port}/` });
  const { sha256: name } = await files.put(Buffer.from("x"));
  expect(bucket.asked).toEqual([`PUT /${name.slice(0, 2)}/${name} 200`]);
});

test("a bucket that stumbles is asked again; one that stays down is an error, never a missing file", async ({
  bucket,
  s3,
}) => {
  bucket.mischief.push(500, 503);
  const { sha256: name } = await s3.put(Buffer.from("evidence"));
  expect(bucket.objects.size).toBe(1);
  bucket.mischief.push(500);
  expect(await s3.get(name)).toBeDefined();
  bucket.mischief.push(500, 500, 500);
  await expect(s3.get(name)).rejects.toThrow(FilesDown);
  bucket.mischief.push(500, 500, 500);
  await expect(s3.put(Buffer.from("more"))).rejects.toThrow(FilesDown);
  for (const odd of [301, 403, 409]) {
    bucket.mischief.push(odd);
    await expect(s3.get(name)).rejects.toThrow(FilesDown);
  }

  bucket.mischief.push("half");
  await expect(s3.get(name)).rejects.toThrow(FilesDown);
});

test("a bucket that never answers, or is not there, is given up", async ({ bucket }) => {
  const settings = {
    endpoint: bucket.url,
    bucket: BUCKET.S3_BUCKET,
    region: BUCKET.S3_REGION,
    accessKeyId: BUCKET.S3_ACCESS_KEY_ID,
    secretAccessKey: BUCKET.S3_SECRET_ACCESS_KEY,
  };
  bucket.mischief.push("silence");
  const impatient = s3Store({ ...settings, deadlineMs: 100 });
  await expect(impatient.read(sha256(EVERY_BYTE))).rejects.toThrow(FilesDown);
  bucket.mischief.push("silence");
  await expect(impatient.write(sha256(EVERY_BYTE), EVERY_BYTE)).rejects.toThrow(FilesDown);
  const nowhere = s3Store({ ...settings, endpoint: "http://127.0.0.1:9" });
  await expect(nowhere.read(sha256(EVERY_BYTE))).rejects.toThrow(FilesDown);
});
