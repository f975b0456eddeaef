import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { PlainCard, type PlainWish } from "./PlainCard";

// Run as a process of its own: node:http and renderToString, nothing else.
const wishes = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as PlainWish[];
const server = createServer((_request, response) => {
  const cards = wishes.map((wish) =>
    createElement("li", { key: wish.href }, createElement(PlainCard, { wish })),
  );
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(
    `<!doctype html>${renderToString(createElement("html", { lang: "zh-Hans" }, createElement("body", null, createElement("ul", null, cards))))}`,
  );
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" && address ? address.port : 0}\n`);
});
