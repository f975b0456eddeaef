import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";

const lines = readFileSync("Dockerfile", "utf8").split("\n");
const compose = readFileSync("compose.yaml", "utf8");
const ignored = new Set(readFileSync(".dockerignore", "utf8").split("\n"));
const run = (args: readonly string[]) =>
  spawnSync("sh", ["docker/entrypoint.sh", ...args], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, NODE_ENV: "test", HONGXIN_HOME: process.cwd() },
  });

test("what the image is made of is there, sent along, and enough for each of its commands", () => {
  const copied = lines.flatMap((line) =>
    (/^COPY (?!--from)(.+) \S+$/.exec(line)?.[1] ?? "")
      .split(" ")
      .filter((name) => name !== "" && name !== "."),
  );
  expect(copied).toEqual(
    expect.arrayContaining(["package-lock.json", "patches", "app", "db", "scripts", "docker/entrypoint.sh"]),
  );
  expect(copied.filter((name) => !existsSync(name) || ignored.has(name))).toEqual([]);
  // Nothing of a developer's machine: no keys, no data, none of its packages.
  expect([...ignored]).toEqual(expect.arrayContaining([".env", ".data", "node_modules", ".git"]));
  const stages = lines.flatMap((line) => /^FROM .* AS (\w+)$/.exec(line)?.[1] ?? []);
  const from = lines.flatMap((line) => /--from=(\w+)/.exec(line)?.[1] ?? []);
  expect(from.filter((stage) => !stages.includes(stage))).toEqual([]);
  for (const [, name = ""] of readFileSync("Dockerfile", "utf8").matchAll(/\$\{(\w+)\}/g))
    expect(lines.some((line) => line.startsWith(`ARG ${name}=`))).toBe(true);
  expect(lines.filter((line) => line.startsWith("USER"))).toEqual(["USER node"]);
  // The Node of the image is one that the portal may run on.
  const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };
  expect([engines.node, lines.includes("ARG NODE_VERSION=22")]).toEqual([">=20.19", true]);
});

test("the entry hands over to each of the portal's commands in words that it says itself, and refuses others", () => {
  expect(statSync("docker/entrypoint.sh").mode & 0o111).not.toBe(0);
  for (const script of ["docker/entrypoint.sh", "docker/roles.sh"])
    expect(spawnSync("sh", ["-n", script]).status, script).toBe(0);
  const start = run([]);
  expect([start.status, start.stderr]).toEqual([1, expect.stringContaining("DATABASE_URL: is missing")]);
  expect(run(["start"]).stderr).toBe(start.stderr);
  const other = run(["sh", "-c", "id"]);
  expect([other.status, other.stderr]).toEqual([
    64,
    expect.stringContaining("start, load, checks, backup, restore and admin"),
  ]);
  for (const file of [...readFileSync("docker/entrypoint.sh", "utf8").matchAll(/tsx (\S+\.ts)/g)].map(
    ([, name = ""]) => name,
  ))
    expect(existsSync(file), file).toBe(true);
});

test("portal, worker and database are three services of one image and PostgreSQL; no password stands in the file, and only the portal is reached, from this machine", () => {
  const services = compose.slice(compose.indexOf("services:"), compose.indexOf("\nvolumes:"));
  expect([...services.matchAll(/^ {2}(\w+):$/gm)].map(([, name]) => name)).toEqual([
    "database",
    "portal",
    "worker",
  ]);
  expect([...services.matchAll(/ROLE: (\w+)/g)].map(([, role]) => role)).toEqual(["portal", "worker"]);
  for (const name of ["APP_PASSWORD", "OWNER_PASSWORD", "POSTGRES_PASSWORD"])
    expect(compose).toContain(`\${${name}:?}`);
  expect([...compose.matchAll(/ports: \[(.*)\]/g)].map(([, ports]) => ports)).toEqual([
    '"127.0.0.1:3000:3000"',
  ]);
  for (const [, file = ""] of compose.matchAll(/"\.\/(\S+?):/g)) expect(existsSync(file), file).toBe(true);
});
