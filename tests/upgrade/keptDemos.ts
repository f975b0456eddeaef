import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { readWhole } from "~db/backup/manifest";
import { refill } from "~db/backup/restore";
import type { Answers } from "./answers";

const FOLDER = "tests/upgrade/kept";

/** The settings that a demo keeps beside its data. */
export type DemoKeys = Readonly<{ DATA_KEY: string; HASH_KEY: string; STRIPE_WEBHOOK_SECRET: string }>;

/**
 * A demo of an earlier version, as `npm run upgrade:keep` wrote it down: its backup, its keys, what its test
 * desk knows, and what its pages said.
 */
export type KeptDemo = Readonly<{ name: string; folder: string; keys: DemoKeys; answers: Answers }>;

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** Every one that is kept, the oldest first. */
export const keptDemos = (): KeptDemo[] =>
  readdirSync(FOLDER)
    .toSorted()
    .map((name) => {
      const folder = path.join(FOLDER, name);
      return {
        name,
        folder,
        keys: readJson(path.join(folder, "keys.json")) as DemoKeys,
        answers: readJson(path.join(folder, "answers.json")) as Answers,
      };
    });

/**
 * What its version left: the database as it was, at its own history; nobody but the owner can read it yet.
 */
export async function bringBack(ownerUrl: string, { folder }: Pick<KeptDemo, "folder">): Promise<void> {
  const manifest = await readWhole(folder);
  const client = postgres(ownerUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    await client.begin((tx) => refill(tx, folder, manifest));
  } finally {
    await client.end();
  }
}

/** Its files, keys and test desk, laid as a demo's data folder has them. */
export function layBeside({ folder }: Pick<KeptDemo, "folder">, dataDir: string): void {
  for (const name of ["files", "keys.json", "test-desk.json"])
    if (existsSync(path.join(folder, name)))
      cpSync(path.join(folder, name), path.join(dataDir, name), { recursive: true });
}
