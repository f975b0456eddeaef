import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import type { Settings } from "~/settings.server";
import { type EmbeddedServer, startEmbedded } from "~db/embedded";
import { migrate } from "~db/migrate";
import { freePort } from "../../support/house";
import { ended, started } from "../portal";

const Keys = z.object({ DATA_KEY: z.string(), HASH_KEY: z.string(), STRIPE_WEBHOOK_SECRET: z.string() });

/** The demo's history in a database of its own, without a portal, and the settings of one that serves it. */
export type DemoHistory = Readonly<{ server: EmbeddedServer; settings: Settings; end: () => Promise<void> }>;

/**
 * Lets the demo play its history in a folder of its own, ends it, and starts its database alone.
 *
 * @param kept a folder that stays: what was played there before is brought to this version and goes on
 */
export async function playDemo(kept?: string): Promise<DemoHistory> {
  const folder = kept ?? mkdtempSync(path.join(os.tmpdir(), "hongxin-city-"));
  const isPlayed = existsSync(path.join(folder, "keys.json"));
  mkdirSync(folder, { recursive: true });
  // The server runs as another user when we are root, and must be able to pass through.
  chmodSync(folder, 0o711);
  if (!isPlayed) await play(folder);
  const keys = Keys.parse(JSON.parse(readFileSync(path.join(folder, "keys.json"), "utf8")));
  const server = await startEmbedded({ dataDir: path.join(folder, "postgres"), unsafeFast: true });
  if (isPlayed) await migrate(server.ownerUrl, new URL(server.appUrl).username);
  return {
    server,
    settings: {
      DATABASE_URL: server.appUrl,
      MIGRATION_URL: server.ownerUrl,
      PUBLIC_URL: "http://127.0.0.1",
      ...keys,
      STRIPE_SECRET_KEY: "sk_test_desk",
      STRIPE_EMULATOR_URL: "http://127.0.0.1:1",
      FILES_DIR: path.join(folder, "files"),
      ROLE: "portal",
      HOST: "127.0.0.1",
      PORT: 0,
      TRUSTED_PROXIES: 0,
      PROCESSES: 1,
      DRAIN_SECONDS: 0,
    },
    end: async () => {
      await server.stop();
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function play(folder: string): Promise<void> {
  const demo = await started(
    ["scripts/demo.ts"],
    { DATA_DIR: folder, PORT: String(await freePort()) },
    /Ctrl\+C (.*)/,
  );
  await ended(demo.child);
  if (!existsSync(path.join(folder, "keys.json"))) throw new Error("the demo left no keys");
}
