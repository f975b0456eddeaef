import { startEmbedded } from "~db/embedded";

// Run as a process of its own: starts the embedded server on the folder it is given, says where, and waits to
// be killed.
const server = await startEmbedded({ dataDir: process.argv[2] ?? "", unsafeFast: true });
process.stdout.write(`${server.superuserUrl}\n`);
setInterval(() => undefined, 60_000);
