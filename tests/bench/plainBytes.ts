import { readFileSync } from "node:fs";
import { createServer } from "node:http";

// Run as a process of its own: node:http and the bytes of one page as they went out zipped, nothing else.
const bytes = readFileSync(process.argv[2] ?? "");
const server = createServer((_request, response) => {
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.setHeader("Content-Encoding", "br");
  response.end(bytes);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" && address ? address.port : 0}\n`);
});
