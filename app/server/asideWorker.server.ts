import os from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { DomainError } from "~/domain/kernel/errors";
import type { HsdsImportAnswer } from "~/domain/lists/hsds/importHsds.server";
import type { AsideAnswer, AsideJob } from "~/http/aside.server";

/** Runs in a thread of its own: does the one job that it was started with, answers, and ends. */
async function work(job: AsideJob): Promise<unknown> {
  if (job.kind === "table") {
    const { readTable } = await import("~/domain/kernel/tables/readTable.server");
    return readTable(job.file, job.shape);
  }

  const [{ connect }, { importHsds }, { makeRuntime }] = await Promise.all([
    import("~db/client"),
    import("~/domain/lists/hsds/importHsds.server"),
    import("./makeRuntime.server"),
  ]);
  const connection = connect(job.settings.DATABASE_URL, { max: 2 });
  try {
    const { db, newId, randomBytes, pause, keys, ports, settings } = makeRuntime(job.settings, connection.db);
    const ctx = {
      db,
      newId,
      randomBytes,
      pause,
      keys,
      ports,
      now: () => job.now,
      actor: job.actor,
      locale: job.locale,
      publicUrl: settings.PUBLIC_URL,
    };
    return await handedOn(job, await importHsds(ctx, job.input));
  } finally {
    await connection.close();
  }
}

/**
 * What the portal needs of an import's answer, and no more: whatever is handed on is unpacked within its main
 * thread.
 */
async function handedOn(
  { wants, locale }: Extract<AsideJob, { kind: "hsds" }>,
  answer: HsdsImportAnswer,
): Promise<unknown> {
  if (wants === "page") {
    const { toldOnPage } = await import("~/domain/lists/hsds/told");
    return toldOnPage(answer);
  }

  const { notesTable } = await import("~/http/notesTable.server");
  return notesTable(locale, answer.notes);
}

// Pages go first where there are fewer processors than work. Only Linux counts this by thread; elsewhere all
// of the portal would wait.
if (process.platform === "linux") os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);

const answer: AsideAnswer = await work(workerData as AsideJob).then(
  (done) => ({ done }),
  (error: unknown) => {
    if (error instanceof DomainError) return { refused: error.code, params: error.params };
    throw error;
  },
);
parentPort?.postMessage(answer);
