import { act } from "~/http/answer.server";
import { importHsdsAside } from "~/http/aside.server";
import type { RouteArgs } from "~/http/context.server";
import { csvResponse } from "~/http/csv.server";
import { bytesOf, HsdsUpload } from "~/http/hsdsUpload.server";
import { asOneOf } from "~/http/who.server";
import { serverT } from "~/i18n/messages.server";

/** Everything that is said of the rows of these files, as a table: a try-out, of which a page shows the beginning. */
export const action = (args: RouteArgs) =>
  act(
    args,
    asOneOf("operator"),
    HsdsUpload,
    async (ctx, { list, publish, files }) => {
      const { notes } = await importHsdsAside(args.context.runtime.settings, ctx, { files: await bytesOf(files), list, publish: publish === "yes" });
      const t = serverT(ctx.locale, ["hsds"]);
      const rows = notes.map(({ file, row, outcome, code, detail }) => [file, row === 0 ? "" : String(row), t(`hsds.outcome_${outcome}`), t(`hsds.note_${code}`), detail, code]);
      return csvResponse("hsds-notes.csv", [t("hsds.file"), t("hsds.row"), t("hsds.outcome"), t("hsds.what"), t("hsds.detail"), "code"], rows);
    },
    {},
    { files: true },
  );
