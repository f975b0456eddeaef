import { act } from "~/http/answer.server";
import { hsdsNotesAside } from "~/http/aside.server";
import type { RouteArgs } from "~/http/context.server";
import { csvAnswer } from "~/http/csv.server";
import { bytesOf, HsdsUpload } from "~/http/hsdsUpload.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";

/**
 * Everything that is said of the rows of these files, as a table: a try-out, of which a page shows the
 * beginning.
 */
export const action = (args: RouteArgs) =>
  act(
    args,
    asOneOf("operator"),
    {
      default: form(HsdsUpload, async (ctx, { list, publish, files }) => {
        const input = { files: await bytesOf(files), list, publish: publish === "yes" };
        return csvAnswer(
          ctx,
          "hsds-notes.csv",
          await hsdsNotesAside(args.context.runtime.settings, ctx, input),
        );
      }),
    },
    { files: true },
  );
