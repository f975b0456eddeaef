import { openApi } from "~/domain/lists/hsds/openApi";
import type { RouteArgs } from "~/http/context.server";
import { openDataRecord } from "~/http/openData.server";
import { paths } from "~/paths";

/** The description of the open lists for programs. */
export const loader = (args: RouteArgs) =>
  openDataRecord(args, ({ publicUrl }) => openApi(publicUrl + paths("zh-Hans").hsdsApi()));
