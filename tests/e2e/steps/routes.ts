import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * A route whose page takes forms, and whom its action lets in: `anybody`, `signedIn`, `staff`, `asOneOf`; ""
 * where it is no `act`.
 */
type WithAction = Readonly<{ route: string; letsIn: string }>;

/** Every route of the portal that has an action. */
export function actions(): WithAction[] {
  const table = readFileSync("app/routes.ts", "utf8");
  const files = readdirSync("app/routes", { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  return files
    .map((file) => ({ file, source: readFileSync(path.join("app/routes", file), "utf8") }))
    .filter(({ source }) => /export (const|async function|function) action\b/.test(source))
    .map(({ file, source }) => ({
      route:
        new RegExp(`route\\("([^"]*)", "routes/${file.replaceAll("\\", "/")}"`).exec(table)?.[1] ??
        `?${file}`,
      letsIn: /\bact\(\s*args,\s*(\w+)/.exec(source)?.[1] ?? "",
    }))
    .filter(({ route }) => !/^(webhooks|api|demo)\//.test(route));
}

export const routesWithAction = (): string[] => actions().map(({ route }) => route);

const STANDS_FOR: Readonly<Record<string, string>> = {
  code: "W0000000",
  token: "not-a-token",
  list: "social",
  kind: "pledge",
  position: "1",
};

/** An address of that route, of something that is nobody's. */
export const addressOf = (route: string): string =>
  `/${route.replaceAll(/:(\w+)\??/g, (_, name: string) => STANDS_FOR[name] ?? "01a00000-0000-7000-8000-000000000000")}`;
