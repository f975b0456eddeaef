import { workImports } from "~/domain/imports/workImports.server";
import { readKeyring } from "~/domain/kernel/sealing.server";
import { IMPORT_WRITERS } from "~/worker/importWriters.server";
import { connect } from "~db/client";
import { aWorld } from "./world";

/**
 * A worker of its own that writes imports batch by batch until it is killed, and says each batch: for the
 * test that kills it.
 */
const [databaseUrl = "", dataKey = "", hashKey = ""] = process.argv.slice(2);
const { db } = connect(databaseUrl, { max: 4 });
const ctx = { ...aWorld(db).system, keys: readKeyring(dataKey, hashKey) };
for (;;) if ((await workImports(ctx, IMPORT_WRITERS, 3)) > 0) process.stdout.write("batch\n");
