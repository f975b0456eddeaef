import { chmodSync, rmSync } from "node:fs";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { LIMIT_DEFAULTS } from "~/domain/kernel/limits.server";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { connect } from "~db/client";
import { prepareServer, startEmbedded } from "~db/embedded";
import { migrate } from "~db/migrate";
import { seedReference } from "~db/seed/reference";
import { aFolder, RUN_FOLDER } from "./folders";

export const TEMPLATE = "hongxin_template";

declare module "vitest" {
  interface ProvidedContext {
    superuserUrl: string;
    ownerUrl: string;
    appUrl: string;
  }
}

/**
 * One real PostgreSQL for the whole run, with one migrated template that every test file copies.
 * TEST_DATABASE_URL (a superuser's, on a server 15 or later) runs the same tests elsewhere; with
 * TEST_TEMPLATE=keep on the template that an earlier run left there, for who changed nothing of the tables
 * since.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const folder = aFolder("hongxin-tests");
  // A database runs as another user when we are root, the run's own or a test's, and must be able to pass
  // through.
  chmodSync(folder, 0o711);
  process.env[RUN_FOLDER] = folder;
  const keep = given !== undefined && process.env.TEST_TEMPLATE === "keep";
  const server =
    given === undefined ? await ownServer(folder) : await prepareServer(given, TEMPLATE, { keep });
  project.provide("superuserUrl", server.urlFor("superuser", "postgres"));
  project.provide("ownerUrl", server.urlFor("owner", TEMPLATE));
  project.provide("appUrl", server.urlFor("app", TEMPLATE));
  if (!keep) await makeTemplate(server.urlFor("owner", TEMPLATE));
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function makeTemplate(ownerUrl: string): Promise<void> {
  await migrate(ownerUrl, "hongxin_app");
  const connection = connect(ownerUrl, { max: 1 });
  await seedReference(connection.db, {
    isDemo: true,
    limits: LIMIT_DEFAULTS,
    traditional,
    now: new Date("2026-01-01T00:00:00Z"),
  });
  await connection.close();
}

function ownServer(folder: string) {
  return startEmbedded({ dataDir: path.join(folder, "cluster"), database: TEMPLATE, unsafeFast: true });
}
