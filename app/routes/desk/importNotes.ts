import { keptNotes } from "~/domain/lists/hsds/keptNotes.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { csvStream } from "~/http/csv.server";
import { idFrom } from "~/http/ids.server";
import { notesShape } from "~/http/notesTable.server";

/** Everything that was said of the rows of a package whose import began, as long as the import is kept. */
export const loader = (args: RouteArgs) =>
  load(args, (ctx) =>
    csvStream(ctx, {
      fileName: "hsds-notes.csv",
      ...notesShape(ctx.locale),
      batches: keptNotes(ctx, idFrom(args, "id")),
    }),
  );
