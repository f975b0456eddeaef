import { mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** Where the run's own folder is told to the processes that it starts. */
export const RUN_FOLDER = "HONGXIN_TEST_FOLDER";

/** A new empty folder, in that of the run, which is removed with everything in it when the run ends. */
export const aFolder = (name: string): string =>
  mkdtempSync(path.join(process.env[RUN_FOLDER] ?? os.tmpdir(), `${name}-`));
