import { readFileSync } from "node:fs";
import type { RouteConfigEntry } from "@remix-run/route-config";
import portalRoutes from "../../app/routes";

export type PlainRoute = { id: string; path?: string; index?: boolean; children?: PlainRoute[] };

const plain = (entry: RouteConfigEntry): PlainRoute => ({
  id: entry.file,
  ...(entry.path === undefined ? {} : { path: entry.path }),
  ...(entry.index === true ? { index: true } : {}),
  ...(entry.children ? { children: entry.children.map(plain) } : {}),
});

/** The portal's table of routes as the router reads it, made anew. */
export const routeTable = (): PlainRoute[] => portalRoutes.map(plain);

type Row = Readonly<{
  id: string;
  parentId: string | undefined;
  path: string | undefined;
  module: { handle: { isStill: boolean; isOwn: boolean } };
}>;

function handleOf(id: string): Row["module"]["handle"] {
  const text = readFileSync(`app/${id}`, "utf8");
  return { isStill: text.includes("isStill: true"), isOwn: text.includes("isOwn: true") };
}

const rowsOf = ({ id, path, children = [] }: PlainRoute, parentId?: string): Row[] => [
  { id, parentId, path, module: { handle: handleOf(id) } },
  ...children.flatMap((child) => rowsOf(child, id)),
];

/** The same as the built server has it, with what each route's file says of its page. */
export const ROUTES: Readonly<Record<string, Row>> = Object.fromEntries(
  routeTable()
    .flatMap((route) => rowsOf(route))
    .map((row) => [row.id, row]),
);
