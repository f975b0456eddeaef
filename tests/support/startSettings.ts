import { randomBytes } from "node:crypto";
import os from "node:os";

const key = () => randomBytes(32).toString("base64");

/** What a process of the portal wants to know before it starts; keys of its own each time. */
export const startSettings = ({
  databaseUrl,
  ownerUrl,
  filesFolder = os.tmpdir(),
}: Readonly<{ databaseUrl: string; ownerUrl: string; filesFolder?: string }>) => ({
  DATABASE_URL: databaseUrl,
  MIGRATION_URL: ownerUrl,
  PUBLIC_URL: "http://127.0.0.1:3000",
  DATA_KEY: `one:${key()}`,
  HASH_KEY: key(),
  STRIPE_SECRET_KEY: "sk_test_x",
  STRIPE_WEBHOOK_SECRET: "whsec_x",
  FILES_DIR: filesFolder,
  ROLE: "worker",
});
