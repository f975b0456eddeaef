import type { TransitionTable } from "~/domain/kernel/states";
import type { ImportState } from "~db/schema/importVocabulary";

/** An import's life: what has ended stays so, and what was written stays whichever way it ended. */
export const IMPORT_TRANSITIONS = {
  waiting: { begin: "running", stop: "stopped", fail: "failed" },
  running: { finish: "done", stop: "stopped", fail: "failed" },
  done: {},
  stopped: {},
  failed: {},
} as const satisfies TransitionTable<ImportState>;

/** Whether there is still something to do, or to stop. */
export const isOpenImport = (state: ImportState): boolean =>
  Object.keys(IMPORT_TRANSITIONS[state]).length > 0;
