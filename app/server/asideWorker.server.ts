import { parentPort, workerData } from "node:worker_threads";
import { DomainError } from "~/domain/kernel/errors";
import type { AsideAnswer, AsideJob } from "~/http/aside.server";

/** Runs in a thread of its own: does the one job that it was started with, answers, and ends. */
async function work(job: AsideJob): Promise<unknown> {
  if (job.kind === "table") {
    const { readTable } = await import("~/domain/kernel/tables/readTable.server");
    return readTable(job.file, job.shape);
  }
  const [{ connect }, { importHsds }, { makeRuntime }] = await Promise.all([
    import("~db/client"),
    import("~/domain/directory/hsds/importHsds.server"),
    import("./makeRuntime.server"),
  ]);
  const connection = connect(job.settings.DATABASE_URL, { max: 2 });
  try {
    const { db, newId, randomBytes, keys, ports, settings } = makeRuntime(job.settings, connection.db);
    const ctx = { db, newId, randomBytes, keys, ports, now: () => job.now, actor: job.actor, locale: job.locale, publicUrl: settings.PUBLIC_URL };
    return await importHsds(ctx, job.input);
  } finally {
    await connection.close();
  }
}

const answer: AsideAnswer = await work(workerData as AsideJob).then(
  (done) => ({ done }),
  (error: unknown) => {
    if (error instanceof DomainError) return { refused: error.code, params: error.params };
    throw error;
  },
);
parentPort?.postMessage(answer);
