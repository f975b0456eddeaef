import { spawn } from "node:child_process";

/** `npm run checks` on this database. `heard` is called with each piece that it says, as it comes. */
export function checks(
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
  heard: (piece: string) => void = () => undefined,
  args: readonly string[] = [],
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/runChecks.ts", ...args], {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", DATABASE_URL: databaseUrl, ...env },
  });
  let said = "";
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
    heard(chunk.toString());
  };

  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  return new Promise((resolve) => {
    child.once("close", (code) => {
      resolve({ code, said });
    });
  });
}
