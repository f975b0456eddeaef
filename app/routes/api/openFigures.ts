import { ownOf } from "~/domain/kernel/own";
import { OPEN_DATASETS, openSchema } from "~/domain/trace/openDatasets";
import { openFigures } from "~/domain/trace/openFigures.server";
import type { RouteArgs } from "~/http/context.server";
import { openDataRecord, openFile } from "~/http/openData.server";

/** Figures of wishes, goods and money without people, as a table or as JSON; and what their columns mean. */
export const loader = (args: RouteArgs) =>
  args.params["file"] === "schema.json"
    ? openDataRecord(args, ({ publicUrl }) => openSchema(`${publicUrl}/api/open`))
    : openFile(args, async (ctx, name) => {
        const dataset = ownOf({ wishes: "wishes", goods: "goods", money: "money" } as const, name);
        if (dataset === undefined) return undefined;
        const columns = Object.keys(OPEN_DATASETS[dataset].columns);
        return { columns, rows: await openFigures(ctx, dataset) };
      });
