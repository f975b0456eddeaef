import type { Translation } from "../messages";

export const imports: Translation<"imports"> = {
  last: "Latest large imports",
  title: "How far the import is",
  state_waiting: "In the queue",
  state_running: "Being written",
  state_done: "All done",
  state_stopped: "Stopped",
  state_failed: "Not finished",
  turned: "{n} of {total} rows done",
  goesOn: "You may close this page; writing goes on.",
  failed_unexpected: "Something went wrong, several times in a row. Please tell an administrator.",
  look: "Look again",
  stop: "Stop",
  row: "Row {row}",
  rowOf: "{file}, row {row}",
  many: "More than {n} are written in the background, batch by batch; you can see how far it is, and stop it.",
};
