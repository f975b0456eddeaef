import { appendFileSync, chownSync, cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { type EmbeddedServer, startEmbedded } from "~db/embedded";

/** What a copy of a running server's folder leaves out: what is its own alone, and what the stream brings. */
const OWN = /^(?:postmaster\.(?:pid|opts)|\.s\.PGSQL\..*)$/;
const EMPTY = new Set(["pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_stat_tmp", "pg_subtrans"]);

/** As root the server runs as the user to whom the folder of the first one belongs. */
function giveTo(folder: string, owner: Readonly<{ uid: number; gid: number }>): void {
  if (process.getuid?.() !== 0) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    chownSync(path.join(folder, name), owner.uid, owner.gid);
  chownSync(folder, owner.uid, owner.gid);
}

/**
 * A second server that follows a running one by streaming replication, on a copy of its folder that was made
 * while it ran. Started again on the same folder (`startEmbedded`), it goes on where it was: the first one
 * keeps what it still needs.
 */
export async function startReplica(
  primary: EmbeddedServer,
  primaryDir: string,
  { dataDir, port }: Readonly<{ dataDir: string; port?: number }>,
): Promise<EmbeddedServer> {
  const sql = postgres(primary.superuserUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    appendFileSync(path.join(primaryDir, "pg_hba.conf"), "host replication all 127.0.0.1/32 trust\n");
    await sql`select pg_reload_conf()`;
    await sql`select pg_create_physical_replication_slot('replica', true)`;
    await sql`select pg_backup_start('replica', true)`;
    mkdirSync(dataDir, { mode: 0o700 });
    for (const name of readdirSync(primaryDir)) {
      if (EMPTY.has(name)) mkdirSync(path.join(dataDir, name), { mode: 0o700 });
      else if (!OWN.test(name))
        cpSync(path.join(primaryDir, name), path.join(dataDir, name), { recursive: true });
    }

    const [label] = await sql<{ text: string }[]>`select labelfile as text from pg_backup_stop(false)`;
    writeFileSync(path.join(dataDir, "backup_label"), label?.text ?? "");
  } finally {
    await sql.end();
  }

  const { hostname, port: primaryPort } = new URL(primary.superuserUrl);
  writeFileSync(path.join(dataDir, "standby.signal"), "");
  appendFileSync(
    path.join(dataDir, "postgresql.auto.conf"),
    `primary_conninfo = 'host=${hostname} port=${primaryPort} user=postgres'\nprimary_slot_name = 'replica'\n`,
  );
  giveTo(dataDir, statSync(primaryDir));
  return startEmbedded({ dataDir, ...(port === undefined ? {} : { port }) });
}
