import { spawn } from "node:child_process";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startSettings } from "../../support/startSettings";

const NAME = `start_${process.pid}`;

const at = (role: "superuserUrl" | "ownerUrl" | "appUrl", name = NAME) => {
  const url = new URL(inject(role));
  url.pathname = `/${name}`;
  return url.href;
};

/** Everything that a worker needs to start. */
const settings = () => ({
  ...startSettings({ databaseUrl: at("appUrl"), ownerUrl: at("ownerUrl") }),
  LOG_LEVEL: "info",
});

async function administer(statement: string): Promise<void> {
  const server = postgres(inject("superuserUrl"), { max: 1, fetch_types: false });
  await server.unsafe(statement);
  await server.end();
}

beforeAll(
  () =>
    administer(
      `create database ${NAME} owner ${new URL(inject("ownerUrl")).username} template hongxin_template`,
    ),
  30_000,
);
afterAll(() => administer(`drop database ${NAME} with (force)`));

/** Starts the real process; `when` is called with everything it has said so far. */
function start(
  env: Record<string, string>,
  when: (said: string, stop: () => void) => void = () => undefined,
) {
  const child = spawn(process.execPath, ["--import", "tsx", "server.ts"], {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env },
  });
  let said = "";
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
    when(said, () => child.kill("SIGTERM"));
  };

  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  return new Promise<{ code: number | null; said: string }>((resolve) => {
    child.once("close", (code) => {
      resolve({ code, said });
    });
  });
}

test(
  "without settings the portal does not start, and one message names all that are missing",
  { timeout: 30_000 },
  async () => {
    const { code, said } = await start({});
    expect(code).toBe(1);
    for (const name of [
      "DATABASE_URL",
      "MIGRATION_URL",
      "PUBLIC_URL",
      "DATA_KEY",
      "HASH_KEY",
      "STRIPE_SECRET_KEY",
      "STRIPE_WEBHOOK_SECRET",
      "FILES_DIR",
    ])
      expect(said).toContain(`- ${name}: is missing`);
    expect(said).not.toContain("    at ");
  },
);

test(
  "what contradicts itself, and keys that are none, are said together as well",
  { timeout: 30_000 },
  async () => {
    const { code, said } = await start({
      ...settings(),
      STRIPE_SECRET_KEY: "sk_live_x",
      STRIPE_EMULATOR_URL: "http://127.0.0.1:9",
      MAIL_URL: "smtp://127.0.0.1",
      HASH_KEY: "short",
      S3_BUCKET: "files",
    });
    expect(code).toBe(1);
    for (const words of [
      "PUBLIC_URL is not https",
      "points to the test desk",
      "MAIL_FROM is not",
      "HASH_KEY",
      "S3_REGION: is missing, though",
      "FILES_DIR and S3_* are both set",
    ])
      expect(said).toContain(words);
    expect(said).not.toContain("    at ");
  },
);

test(
  "behind https, the portal wants to be told how many proxies are ours: else all visitors would share one limit",
  { timeout: 30_000 },
  async () => {
    const { code, said } = await start({ ...settings(), PUBLIC_URL: "https://portal.example" });
    expect(code).toBe(1);
    expect(said).toContain("PUBLIC_URL is https, but TRUSTED_PROXIES is 0");
    expect(said).not.toContain("    at ");
  },
);

test("SIGTERM ends it cleanly within seconds", { timeout: 40_000 }, async () => {
  let askedAt = 0;
  const { code, said } = await start(settings(), (heard, stop) => {
    if (askedAt > 0 || !heard.includes('"role":"worker"')) return;
    askedAt = performance.now();
    stop();
  });
  expect(askedAt, said).toBeGreaterThan(0);
  expect(code).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(10_000);
});
