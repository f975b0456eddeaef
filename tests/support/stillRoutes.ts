import { readFileSync } from "node:fs";
import type { RouteConfigEntry } from "@remix-run/route-config";
import portalRoutes from "../../app/routes";

type Row = Readonly<{
  id: string;
  parentId: string | undefined;
  path: string | undefined;
  module: { handle: unknown };
}>;

const rowsOf = (entry: RouteConfigEntry, parentId?: string): Row[] => [
  {
    id: entry.file,
    parentId,
    path: entry.path,
    module: { handle: { isStill: /isStill: true/.test(readFileSync(`app/${entry.file}`, "utf8")) } },
  },
  ...(entry.children ?? []).flatMap((child) => rowsOf(child, entry.file)),
];

/** The portal's table of routes as the server reads it, with what each route's file says of its page. */
export const ROUTES = Object.fromEntries(
  portalRoutes.flatMap((entry) => rowsOf(entry)).map((row) => [row.id, row]),
);
