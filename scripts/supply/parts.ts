import { execFileSync } from "node:child_process";
import { type Lock, nameOf } from "./lock";

type Component = Readonly<{ "bom-ref": string; name: string; version: string; hashes?: readonly unknown[] }>;
type Listed = Readonly<{
  components: readonly Component[];
  dependencies: readonly Readonly<{ ref: string; dependsOn?: readonly string[] }>[];
}>;

const MOST_BYTES = 64 * 1024 * 1024;

/**
 * What is handed on with the portal, as npm lists it (CycloneDX), on every platform. npm's own way of leaving
 * tools out also leaves out what a tool shares with the portal, so that all is listed and the lock says what
 * is a tool alone.
 */
export function partsOf(lock: Lock): Listed {
  const listed = JSON.parse(
    execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
      encoding: "utf8",
      maxBuffer: MOST_BYTES,
      stdio: ["ignore", "pipe", "ignore"],
    }),
  ) as Listed;
  const along = new Set(
    Object.entries(lock).flatMap(([place, entry]) =>
      place === "" || entry.dev ? [] : [`${nameOf(place, entry)}@${entry.version ?? ""}`],
    ),
  );
  const components = listed.components.filter(({ name, version }) => along.has(`${name}@${version}`));
  const tools = new Set(
    listed.components.flatMap((part) => (components.includes(part) ? [] : [part["bom-ref"]])),
  );
  const dependencies = listed.dependencies
    .filter(({ ref }) => !tools.has(ref))
    .map(({ ref, dependsOn }) => ({
      ref,
      ...(dependsOn && { dependsOn: dependsOn.filter((other) => !tools.has(other)) }),
    }));
  return { ...listed, components, dependencies };
}
