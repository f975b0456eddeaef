import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject, test as base } from "vitest";
import { aFolder } from "../support/folders";

const at = (role: "superuserUrl" | "ownerUrl" | "appUrl", name: string) => {
  const url = new URL(inject(role));
  url.pathname = `/${name}`;
  return url.href;
};

/** Where a kept demo is brought back: its database, by three roles, and its folder. */
export type Place = Readonly<{ ownerUrl: string; appUrl: string; owner: postgres.Sql; dataDir: string }>;

/** An empty database, as somebody makes it, and a folder for what lies beside it. */
export const test = base.extend<{ place: Place }>({
  place: async ({ task: _of }, use) => {
    const name = `upgrade_${randomBytes(6).toString("hex")}`;
    const server = postgres(inject("superuserUrl"), {
      max: 1,
      fetch_types: false,
      onnotice: () => undefined,
    });
    await server.unsafe(`create database "${name}" owner ${new URL(inject("ownerUrl")).username}`);
    const owner = postgres(at("ownerUrl", name), { max: 1, fetch_types: false, onnotice: () => undefined });
    await use({
      ownerUrl: at("ownerUrl", name),
      appUrl: at("appUrl", name),
      owner,
      dataDir: aFolder("upgrade"),
    });
    await owner.end();
    await server.unsafe(`drop database "${name}" with (force)`);
    await server.end();
  },
});
