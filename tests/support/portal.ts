import { mkdirSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** The portal that the journeys walk through: the demo, fresh, on a port and in a folder of its own. */
export const port = Number(process.env.E2E_PORT ?? 3931);
export const dataDir = path.join(os.tmpdir(), `hongxin-e2e-${port}`);

// Not in its data folder, which is emptied when it starts.
const cache = path.resolve("node_modules/.cache");
mkdirSync(cache, { recursive: true });
export const logFile = path.join(cache, `portal-${port}.log`);

/** Everything that the portal, its worker and the test desk have printed since they started. */
export const portalLog = (): string => readFileSync(logFile, "utf8");
