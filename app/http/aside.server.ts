import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Actor } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError, type ErrorCode } from "~/domain/kernel/errors";
import { makeQueue } from "~/domain/kernel/queue";
import type { TableFile } from "~/domain/kernel/tables/readTable.server";
import type { TableReading, TableShape } from "~/domain/kernel/tables/table";
import type { importHsds } from "~/domain/lists/hsds/importHsds.server";
import type { ToldOnPage } from "~/domain/lists/hsds/told";
import type { Locale } from "~/i18n/locales";
import type { Settings } from "~/settings.server";

type HsdsInput = Parameters<typeof importHsds>[1];

/** What is done beside the portal, in a thread of its own, so that pages are answered meanwhile. */
export type AsideJob =
  | Readonly<{ kind: "table"; file: TableFile; shape: TableShape }>
  | Readonly<{
      kind: "hsds";
      settings: Settings;
      actor: Actor;
      locale: Locale;
      now: Date;
      input: HsdsInput;
      wants: "page" | "notes";
    }>;

export type AsideAnswer =
  Readonly<{ done: unknown }> | Readonly<{ refused: ErrorCode; params: DomainError["params"] }>;

const SOURCE = "app/server/asideWorker.server.ts";
const BUILT = "build/aside/asideWorker.server.js";
const READ_SECONDS = 60;
const IMPORT_SECONDS = 180;
/** Memory of the thread alone: a file that needs more is refused, and the portal goes on. */
const MOST_MEGABYTES = 1_024;

/** Reads a table beside the portal. @throws {DomainError} FILE_TOO_MUCH, TOO_BUSY */
export const readTableAside = async (file: TableFile, shape: TableShape): Promise<TableReading> =>
  (await inTurn({ kind: "table", file, shape }, READ_SECONDS, "FILE_TOO_MUCH")) as TableReading;

/**
 * Imports beside the portal, as `importHsds` does; of its answer what a page holds.
 * @throws {DomainError} what `importHsds` throws; FILE_TOO_MUCH; TOO_BUSY; OUTCOME_UNKNOWN when writing
 *   took too long (safe to repeat)
 */
export const importHsdsAside = async (
  settings: Settings,
  ctx: UseCaseContext,
  input: HsdsInput,
): Promise<ToldOnPage> =>
  (await inTurn(
    { kind: "hsds", settings, actor: ctx.actor, locale: ctx.locale, now: ctx.now(), input, wants: "page" },
    IMPORT_SECONDS,
    input.seen === undefined ? "FILE_TOO_MUCH" : "OUTCOME_UNKNOWN",
  )) as ToldOnPage;

/**
 * Everything that is said of the rows of these files, as the text of a CSV file: a try-out. @throws
 * {DomainError} as `importHsdsAside`
 */
export const hsdsNotesAside = async (
  settings: Settings,
  ctx: UseCaseContext,
  input: Omit<HsdsInput, "seen">,
): Promise<string> =>
  (await inTurn(
    { kind: "hsds", settings, actor: ctx.actor, locale: ctx.locale, now: ctx.now(), input, wants: "notes" },
    IMPORT_SECONDS,
    "FILE_TOO_MUCH",
  )) as string;

/**
 * How a thread begins: a portal that runs from `build` starts what `npm run build` made for it, which needs
 * no reader of TypeScript; anything else (tests, one of its parts alone) starts the source, for which that is
 * fetched first. What this process was started with is not for the thread.
 */
function newThread(job: AsideJob): Worker {
  const options = {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    execArgv: [],
  };
  if (import.meta.url.startsWith(`${pathToFileURL(path.resolve("build")).href}/`))
    return new Worker(path.resolve(BUILT), options);
  const source = JSON.stringify(pathToFileURL(path.resolve(SOURCE)).href);
  return new Worker(
    `import("tsx/esm/api").then(({ register }) => { register(); return import(${source}); });`,
    { ...options, eval: true },
  );
}

/** Two at once, since each may take much memory; behind fifty that wait nobody would be answered in time. */
const inOrder = makeQueue({ atOnce: 2, waiting: 50 });

const inTurn = (job: AsideJob, seconds: number, late: ErrorCode): Promise<unknown> =>
  inOrder(() => inThread(job, seconds, late));

function inThread(job: AsideJob, seconds: number, late: ErrorCode): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = newThread(job);
    const timer = setTimeout(() => {
      reject(new DomainError(late));
      void worker.terminate();
    }, seconds * 1_000);
    worker.once("message", (answer: AsideAnswer) => {
      if ("done" in answer) resolve(answer.done);
      else reject(new DomainError(answer.refused, answer.params));
    });
    worker.once("error", (error: Error & { code?: string }) => {
      reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new DomainError("FILE_TOO_MUCH") : error);
    });
    worker.once("exit", () => {
      clearTimeout(timer);
      // After an answer this changes nothing.
      reject(new Error("the thread ended without an answer"));
    });
  });
}
