import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

export const BUCKET = {
  S3_BUCKET: "hongxin-files",
  S3_REGION: "cn-test-1",
  S3_ACCESS_KEY_ID: "test-key-id",
  S3_SECRET_ACCESS_KEY: "test-secret",
} as const;

/** Signature Version 4 as its specification says, reckoned here anew from the request as it arrived. */
function expectedSignature(
  { method, url, headers }: IncomingMessage,
  { credential, signed }: { credential: string; signed: string },
): string {
  const header = (name: string) => String(headers[name] ?? "").trim();
  const [path = "", search = ""] = (url ?? "").split("?");
  const canonical = [
    method,
    path,
    search,
    ...signed.split(";").map((name) => `${name}:${header(name)}`),
    "",
    signed,
    header("x-amz-content-sha256"),
  ].join("\n");
  const [, day = "", region = "", service = "", end = ""] = credential.split("/");
  const toSign = [
    "AWS4-HMAC-SHA256",
    header("x-amz-date"),
    [day, region, service, end].join("/"),
    sha256(canonical),
  ].join("\n");
  const key = hmac(hmac(hmac(hmac(`AWS4${BUCKET.S3_SECRET_ACCESS_KEY}`, day), region), service), end);
  return hmac(key, toSign).toString("hex");
}

/**
 * Why a request is refused; undefined when it is rightly signed for this bucket, now, and for exactly the
 * bytes that came.
 */
function whatIsWrong(request: IncomingMessage, body: Buffer): string | undefined {
  const { headers } = request;
  const [, credential = "", signed = "", signature = ""] =
    /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    ) ?? [];
  const asked = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(headers["x-amz-date"]));
  if (!asked) return "no date";
  const [year, month, day, hour, minute, second] = asked.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (Math.abs(Date.now() - Date.UTC(year, month - 1, day, hour, minute, second)) > 15 * 60_000)
    return "too old";
  if (
    !credential.startsWith(
      `${BUCKET.S3_ACCESS_KEY_ID}/${String(headers["x-amz-date"]).slice(0, 8)}/${BUCKET.S3_REGION}/s3/aws4_request`,
    )
  )
    return "not our credential";
  for (const name of ["host", "x-amz-content-sha256", "x-amz-date"])
    if (!signed.split(";").includes(name)) return `${name} is not signed`;
  if (headers["x-amz-content-sha256"] !== sha256(body) && request.method === "PUT")
    return "other bytes than were signed";
  return signature === expectedSignature(request, { credential, signed })
    ? undefined
    : "the signature does not match";
}

export type Bucket = Readonly<{
  url: string;
  /** By path, as they were put. */
  objects: Map<string, Buffer>;
  /** Every request as it came, and what was answered. */
  asked: string[];
  /** Answers to give instead of the true one, one a request; `silence` is none at all. */
  mischief: (number | "silence" | "half")[];
  stop: () => Promise<void>;
}>;

/** A bucket on this machine that lets nobody in without the right signature. */
export async function startBucket(): Promise<Bucket> {
  const objects = new Map<string, Buffer>();
  const asked: string[] = [];
  const mischief: (number | "silence" | "half")[] = [];

  const answer = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const wrong = whatIsWrong(request, body);
    const instead = mischief.shift();
    const { method = "", url: path = "" } = request;
    const say = (status: number, bytes: Uint8Array | string = "") => {
      asked.push(`${method} ${path} ${status}${wrong === undefined ? "" : ` ${wrong}`}`);
      response
        .writeHead(status, { "Content-Length": bytes.length })
        .end(instead === "half" ? bytes.slice(0, 2) : bytes);
      if (instead === "half") response.destroy();
    };

    if (instead === "silence") asked.push(`${method} ${path} silence`);
    else if (wrong !== undefined) say(403, wrong);
    else if (typeof instead === "number") say(instead, "<Error/>");
    else if (request.method === "PUT") {
      objects.set(path, body);
      say(200);
    } else {
      const found = objects.get(path);
      say(found ? 200 : 404, found ?? "<Error><Code>NoSuchKey</Code></Error>");
    }
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      answer(request, response, Buffer.concat(chunks));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    asked,
    mischief,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
