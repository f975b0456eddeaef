import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { EmbeddedServer } from "~db/embedded";
import { KEYS } from "../support/world";

/** A child that says a line when it listens. */
export async function started(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: RegExp,
): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = await new Promise<string>((resolve, reject) => {
    let output = "";
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      const found = ready.exec(output);
      if (!found) return;
      // Its log goes on: read as one word that grows, it would cost us more than the load does.
      child.stdout.off("data", listen);
      resolve(found[1] ?? "");
    };

    child.stdout.on("data", listen);
    child.once("exit", (code) => {
      reject(new Error(`${args.join(" ")} ended with ${String(code)}`));
    });
  });
  // What it says later is nobody's to read, but must not fill the pipe.
  child.stdout.resume();
  return { child, said };
}

export const ended = (child: ChildProcess): Promise<unknown> => {
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  return exited;
};

/** The built portal in a process of its own, on a free port. @throws where nothing is built */
export function startPortal(
  database: EmbeddedServer,
  filesFolder: string,
  role: "portal" | "both" = "portal",
): Promise<{ child: ChildProcess; said: string }> {
  if (!existsSync("build/server/index.js"))
    throw new Error("This bench measures the built portal: run `npm run build` first.");
  const env = {
    NODE_ENV: "production",
    DATABASE_URL: database.appUrl,
    MIGRATION_URL: database.ownerUrl,
    PUBLIC_URL: "http://127.0.0.1",
    ...KEYS,
    STRIPE_SECRET_KEY: "sk_test_bench",
    STRIPE_WEBHOOK_SECRET: "whsec_bench",
    FILES_DIR: filesFolder,
    ROLE: role,
    PROCESSES: "1",
    HOST: "127.0.0.1",
    PORT: "0",
  };
  return started(["server.ts"], env, /"listening":(\d+)/);
}
