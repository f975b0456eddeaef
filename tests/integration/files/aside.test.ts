import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { readTable } from "~/domain/kernel/tables/readTable.server";
import { LIST_TABLE } from "~/domain/lists/desk/listColumns";
import { importHsds } from "~/domain/lists/hsds/importHsds.server";
import { toldOnPage } from "~/domain/lists/hsds/told";
import { importHsdsAside, readTableAside } from "~/http/aside.server";
import { readSettings } from "~/settings.server";
import { aForeignService, anOperator, json } from "../../factories/hsds";
import { test } from "../../support/database";
import { turnsDuring } from "../../support/turns";
import { aWorld } from "../../support/world";

const MANY = 500;

/** A list of so many entries, some megabytes of it. */
const aBigList = () => {
  const row = LIST_TABLE.columns
    .map((column) => (column === "code" ? "SS001" : "一个很长的单元格，".repeat(4)))
    .join(",");
  return {
    name: "big.csv",
    bytes: new Uint8Array(
      Buffer.from([LIST_TABLE.columns.join(","), ...Array.from({ length: 6_000 }, () => row)].join("\r\n")),
    ),
  };
};

test("while a big table is read, the main thread goes on; what is read is what reading it there gives", async () => {
  const file = aBigList();
  const within = await turnsDuring(() => Promise.resolve(readTable(file, LIST_TABLE)));
  const beside = await turnsDuring(() => readTableAside(file, LIST_TABLE));
  expect(within.turns).toBeLessThan(5);
  expect(beside.turns).toBeGreaterThan(MANY);
  expect(beside.done).toEqual(within.done);
});

test("while a package of services is read and checked, the main thread goes on; the answer is the same", async ({
  db,
  databaseUrl,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  const key = Buffer.alloc(32, 7).toString("base64");
  const settings = readSettings({
    ...{
      DATABASE_URL: databaseUrl,
      MIGRATION_URL: databaseUrl,
      PUBLIC_URL: "http://portal.test",
      FILES_DIR: world.filesFolder,
    },
    ...{
      DATA_KEY: `test:${key}`,
      HASH_KEY: key,
      STRIPE_SECRET_KEY: "sk_test_x",
      STRIPE_WEBHOOK_SECRET: "whsec_test",
    },
  });
  const input = {
    files: [json(...Array.from({ length: 300 }, (_, index) => aForeignService(`服务${index}`)))],
    list: "social",
    publish: false,
  } as const;
  const { turns, done } = await turnsDuring(() => importHsdsAside(settings, ctx, input));
  expect(turns).toBeGreaterThan(MANY);
  expect(done.fresh).toBe(300);
  expect(done).toEqual(toldOnPage(await importHsds(ctx, input)));
  // What is refused beside is refused as it would be here.
  const visitor = world.as({ kind: "visitor" });
  await expect(importHsdsAside(settings, visitor, input)).rejects.toMatchObject({ code: "SIGN_IN_NEEDED" });
});

test("no route and nothing of the edge reads an uploaded table or package within the main thread", () => {
  const files = ["app/http", "app/routes", "app/ui"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => path.join(folder, file)),
  );
  const within = files
    .filter((file) => /\.tsx?$/.test(file))
    .filter((file) =>
      /^import (?!type)[^;]*(?:tables\/(?:readTable|workbook|unzip)|hsds\/(?:importHsds|readPackage))/m.test(
        readFileSync(file, "utf8"),
      ),
    );
  expect(within).toEqual([]);
});
