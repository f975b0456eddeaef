import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import pino from "pino";
import postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { describe, expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { keyProofs, readKeyring } from "~/domain/kernel/sealing.server";
import { makeFilePort } from "~/integrations/storage/files.server";
import { startTestDesk } from "~/integrations/stripe/testDesk/startTestDesk";
import { makeRuntime, systemContext } from "~/server/makeRuntime.server";
import type { Settings } from "~/settings.server";
import { runClocks } from "~/worker/clocks.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { restoreBackup } from "~db/backup/restore";
import { connect } from "~db/client";
import { startEmbedded } from "~db/embedded";
import { knownSteps } from "~db/history";
import { migrate } from "~db/migrate";
import { startBuiltPortal } from "../support/builtPortal";
import { aFolder } from "../support/folders";
import { freePort } from "../support/house";
import { factsOf, missingFacts, storedWords } from "./answers";
import { type ColumnSums, columnSums, lost } from "./columnSums";
import { bringBack, type KeptDemo, keptDemos, layBeside } from "./keptDemos";
import { MEANT_CHANGES } from "./meantChanges";
import { type Place, test } from "./place";

const APP = "hongxin_app";

const settingsOf = ({ keys }: KeptDemo, { ownerUrl, appUrl, dataDir }: Place, deskUrl: string): Settings => ({
  DATABASE_URL: appUrl,
  MIGRATION_URL: ownerUrl,
  PUBLIC_URL: "http://127.0.0.1:3000",
  ...keys,
  STRIPE_SECRET_KEY: "sk_test_desk",
  STRIPE_EMULATOR_URL: deskUrl,
  FILES_DIR: path.join(dataDir, "files"),
  ROLE: "both",
  HOST: "127.0.0.1",
  PORT: 0,
  TRUSTED_PROXIES: 0,
  PROCESSES: 1,
  DRAIN_SECONDS: 0,
});

const meant = new Set(MEANT_CHANGES.map(({ column }) => column as string));
/** What this version holds no more of what was there, but for what a migration means to change. */
const lostFrom = async (
  before: ColumnSums,
  owner: postgres.Sql | postgres.TransactionSql,
): Promise<string[]> =>
  lost(new Map([...before].filter(([name]) => !meant.has(name))), await columnSums(owner));

/** The demo as its version left it, brought to this one as a start does it. */
async function upgraded(kept: KeptDemo, { ownerUrl, owner, dataDir }: Place): Promise<ColumnSums> {
  await bringBack(ownerUrl, kept);
  layBeside(kept, dataDir);
  const before = await columnSums(owner);
  await migrate(ownerUrl, APP);
  return before;
}

/**
 * Codes that stand on paper since then, each where somebody types or scans it: those that are not known any
 * more.
 */
async function codesNotKnown(
  { answers }: KeptDemo,
  settings: Settings,
  owner: postgres.Sql,
): Promise<string[]> {
  const storekeeper = answers.answers.find(({ page }) => page === "the store")?.who;
  const [lot] = await owner<{ label: string }[]>`select label from lot order by label limit 1`;
  const [gift] = await owner<{ code: string }[]>`
    select g.code from gift g join pledge p on p.gift_id = g.id where p.kind = 'goods' and p.state = 'confirmed' and p.settled < p.quantity order by g.code limit 1`;
  const portal = await startBuiltPortal(settings, new Date(answers.askedAt));
  const asked = [
    { code: lot?.label ?? "", at: `/d/${lot?.label.toLowerCase() ?? ""}` },
    {
      code: gift?.code ?? "",
      at: `/point/receive?code=${gift?.code.slice(0, 4) ?? ""}-${gift?.code.slice(4) ?? ""}`,
    },
  ];
  const unknown: string[] = [];
  for (const { code, at: place } of asked) {
    const answer = await portal.ask(place, storekeeper);
    if (
      code === "" ||
      answer.status !== 200 ||
      !/<main.*<\/main>/s.exec(await answer.text())?.[0].includes(code)
    )
      unknown.push(`${place} (${answer.status})`);
  }

  await portal.close();
  return unknown;
}

/** Pages of a kept demo that do not tell today what they told then, each with what is missing. */
async function unlike(kept: KeptDemo, settings: Settings, owner: postgres.Sql): Promise<string[]> {
  const stored = await storedWords(owner);
  const portal = await startBuiltPortal(settings, new Date(kept.answers.askedAt));
  const wrong: string[] = [];
  for (const { page, at: place, who, form, facts } of kept.answers.answers) {
    const answer = await portal.ask(place, who, form);
    const missing = missingFacts(
      facts,
      answer.status === 200 ? factsOf(await answer.text(), place.endsWith(".csv"), stored) : [],
    );
    if (answer.status !== 200 || missing.length > 0)
      wrong.push(`${page} (${answer.status}): ${missing.slice(0, 5).join(" · ")}`);
  }

  await portal.close();
  return wrong;
}

const aDesk = (kept: KeptDemo, { dataDir }: Place) =>
  startTestDesk({
    publicUrl: "http://127.0.0.1:3000",
    webhookUrl: "http://127.0.0.1:9/",
    webhookSecret: kept.keys.STRIPE_WEBHOOK_SECRET,
    stateFile: path.join(dataDir, "test-desk.json"),
  });

test("a demo is kept, of ten pages each, and small", () => {
  const all = keptDemos();
  expect(all.length).toBeGreaterThan(0);
  for (const { answers } of all) {
    expect(answers.answers).toHaveLength(10);
    for (const { page, facts } of answers.answers) expect(facts.length, page).toBeGreaterThanOrEqual(3);
  }
});

describe.each(keptDemos())("the demo of $name", (kept) => {
  test("comes to this version with every value it had, its ten pages tell what they told, its clocks run, and every check holds", async ({
    place,
  }) => {
    const before = await upgraded(kept, place);
    expect(await lostFrom(before, place.owner)).toEqual([]);
    const [history] = await place.owner`select count(*)::int as steps from drizzle.__drizzle_migrations`;
    expect(history).toEqual({ steps: knownSteps().length });

    const desk = await aDesk(kept, place);
    const settings = settingsOf(kept, place, desk.url);
    expect(await unlike(kept, settings, place.owner)).toEqual([]);
    expect(await codesNotKnown(kept, settings, place.owner)).toEqual([]);

    // A worker that starts after all that time does what fell due meanwhile.
    const app = connect(place.appUrl, { max: 4 });
    const system = systemContext(
      makeRuntime(settings, app.db, { log: pino({ level: "silent" }) }),
      "upgrade",
    );
    await runClocks(system);
    while ((await drainOutbox(system, 200)) > 0);
    expect((await runChecks(app.db)).flatMap(({ wrong }) => wrong)).toEqual([]);
    await app.close();
    await desk.close();
  });

  test("comes back from its backup as it comes through a start: the same values in every column", async ({
    place,
  }) => {
    const { keys, folder } = kept;
    const keysOf = (salt: string) => keyProofs(readKeyring(keys.DATA_KEY, keys.HASH_KEY), salt);
    const store = (folderOf: string) => makeFilePort({ FILES_DIR: folderOf });
    await restoreBackup(
      place.ownerUrl,
      APP,
      folder,
      uuidv7(),
      keysOf,
      store(path.join(place.dataDir, "files")),
      store,
    );
    const restored = await columnSums(place.owner);
    await place.owner.unsafe("drop owned by current_user cascade; create schema if not exists public");
    await upgraded(kept, place);
    // The one row that says that it was restored.
    const restoration = ([name]: readonly [string, string]) => !name.startsWith("restoration.");
    expect([...restored].filter(restoration)).toEqual(
      [...(await columnSums(place.owner))].filter(restoration),
    );
  });
});

/**
 * Mistakes of a migration: each loses something that somebody wrote down, and none of them breaks a rule of
 * the database.
 */
const MISTAKES: readonly (readonly [statement: string, says: string])[] = [
  [`alter table list_item drop column content cascade`, "list_item.content is gone"],
  [
    `alter table list_item drop column standard cascade; alter table list_item add column standard text`,
    "list_item.standard holds something else",
  ],
  [`alter table list_item rename column name to heading`, "list_item.name is gone"],
  [
    `alter table list_item alter column target_group type text using left(target_group, 6)`,
    "list_item.target_group holds something else",
  ],
  [
    `alter table gift alter column created_at type timestamptz using now()`,
    "gift.created_at holds something else",
  ],
  [
    `update list_item i set content = o.content from list_item o where o.code in ('GW001', 'GW002') and i.code in ('GW001', 'GW002') and o.code <> i.code`,
    "list_item.content holds something else",
  ],
  [`delete from message`, "message.id holds something else"],
  [
    `alter table money_transfer disable trigger user; update money_transfer set amount_fen = amount_fen / 100 * 100 + 1`,
    "money_transfer.amount_fen holds something else",
  ],
];

const theFirst = (): KeptDemo => {
  const [kept] = keptDemos();
  if (!kept) throw new Error("no demo is kept");
  return kept;
};

class NeverMind extends Error {}

test("a migration that drops, empties, renames, cuts or rewrites what somebody wrote down is noticed, by the column that it hurts", async ({
  place,
}) => {
  const before = await upgraded(theFirst(), place);
  for (const [statement, says] of MISTAKES) {
    const planted = place.owner.begin(async (tx) => {
      await tx.unsafe(statement);
      expect(await lostFrom(before, tx), statement).toContain(says);
      throw new NeverMind();
    });
    await expect(planted).rejects.toThrow(NeverMind);
  }

  expect(await lostFrom(before, place.owner)).toEqual([]);
});

test("a value that a page told and tells no more is noticed, however the page is laid out", async ({
  place,
}) => {
  const kept = theFirst();
  await upgraded(kept, place);
  const settings = settingsOf(kept, place, "http://127.0.0.1:9");
  await place.owner.unsafe(
    `alter table money_transfer disable trigger user; update money_transfer set amount_fen = amount_fen * 10; update list_item set category = '别的'`,
  );
  const wrong = (await unlike(kept, settings, place.owner)).map((line) => line.split(" (")[0]);
  expect(wrong).toEqual(
    expect.arrayContaining(["one service", "the money book", "the money book as a file"]),
  );
});

test("npm run demo goes on with what an earlier version's demo left: it upgrades it, answers, and lets its people in", async () => {
  const kept = theFirst();
  const folder = aFolder("hongxin-older-demo");
  // The database's own user has to pass through.
  chmodSync(folder, 0o711);
  const dataDir = path.join(folder, "demo");
  mkdirSync(dataDir);
  layBeside(kept, dataDir);
  const before = await startEmbedded({ dataDir: path.join(dataDir, "postgres"), unsafeFast: true });
  await bringBack(before.ownerUrl, kept);
  await before.stop();

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const demo = spawn(process.execPath, ["--import", "tsx", "scripts/demo.ts"], {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", DATA_DIR: dataDir, PORT: String(port) },
  });
  let said = "";
  for (const stream of [demo.stdout, demo.stderr])
    stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(demo, "close");
  try {
    await untilSaid(
      demo,
      () => said.includes("Ctrl+C"),
      () => said,
    );
    expect(said).not.toContain("Loading the demo's history");
    const door = await (await fetch(`${url}/sign-in`)).text();
    for (const name of ["何干事（演示）", "霍审计（演示）"]) expect(door).toContain(name);
    const auditor = kept.answers.answers.find(({ page }) => page === "the auditor's page");
    const entered = await fetch(`${url}/sign-in`, {
      method: "POST",
      redirect: "manual",
      headers: { Origin: url },
      body: new URLSearchParams({ intent: "demo", userId: auditor?.who ?? "" }),
    });
    expect(entered.status, await entered.text()).toBe(302);
    const cookie = entered.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    expect((await fetch(url + (auditor?.at ?? ""), { headers: { Cookie: cookie } })).status).toBe(200);
    const wish = kept.answers.answers.find(({ page }) => page === "one wish");
    const answer = await fetch(url + (wish?.at ?? ""));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(wish?.at.split("/").at(-1));
  } finally {
    demo.kill("SIGTERM");
    await ended;
  }
});

/** Until a process has said what is waited for. @throws with all it said when it ends before */
function untilSaid(
  child: ReturnType<typeof spawn>,
  isSaid: () => boolean,
  said: () => string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (isSaid()) resolve();
    };

    child.stdout?.on("data", look);
    child.once("close", () => {
      reject(new Error(`it ended: ${said()}`));
    });
  });
}
