import { AwsClient } from "aws4fetch";
import { FilesDown } from "~/domain/kernel/ports";
import { type ByteStore, storedPlaceOf } from "./byteStore";

export type S3Settings = Readonly<{
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  deadlineMs?: number;
}>;

const DEADLINE_MS = 10_000;
const RETRIES = 2;

/**
 * Bytes in a bucket of anything that speaks S3. Each request is signed together with the hash of what it
 * carries, so that nothing else can arrive under its name. A bucket that is busy or broken for a moment is
 * asked again, twice, within one deadline.
 */
export function s3Store({
  endpoint,
  bucket,
  region,
  accessKeyId,
  secretAccessKey,
  deadlineMs = DEADLINE_MS,
}: S3Settings): ByteStore {
  const client = new AwsClient({ service: "s3", region, accessKeyId, secretAccessKey, retries: RETRIES });
  const base = baseOf(new URL(endpoint), bucket);

  const ask = async <T>(
    sha256: string,
    init: RequestInit,
    read: (answer: Response) => Promise<T>,
  ): Promise<T> => {
    const signal = AbortSignal.timeout(deadlineMs);
    try {
      // Not followed to another host: the signature is for this one.
      return await read(
        await client.fetch(`${base}/${storedPlaceOf(sha256)}`, { ...init, signal, redirect: "manual" }),
      );
    } catch (error) {
      if (error instanceof FilesDown) throw error;
      throw new FilesDown(`the bucket did not answer: ${error instanceof Error ? error.name : "unknown"}`);
    }
  };

  return {
    write: (sha256, bytes) =>
      ask(
        sha256,
        {
          method: "PUT",
          body: new Uint8Array(bytes),
          headers: { "X-Amz-Content-Sha256": sha256, "Content-Type": "application/octet-stream" },
        },
        async (answer) => {
          await answer.arrayBuffer();
          if (!answer.ok) throw refused(answer);
        },
      ),
    read: (sha256) =>
      ask(sha256, { method: "GET" }, async (answer) => {
        const bytes = new Uint8Array(await answer.arrayBuffer());
        if (answer.status === 404) return undefined;
        if (!answer.ok) throw refused(answer);
        return bytes;
      }),
  };
}

const refused = (answer: Response): FilesDown => new FilesDown(`the bucket answered ${answer.status}`);

/**
 * Some want the bucket in the host's name; then the endpoint carries it already and it is not named twice.
 */
function baseOf(endpoint: URL, bucket: string): string {
  const place = `${endpoint.origin}${endpoint.pathname.replace(/\/$/, "")}`;
  return endpoint.hostname.startsWith(`${bucket}.`) ? place : `${place}/${bucket}`;
}
