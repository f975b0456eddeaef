import { Agent, get } from "node:http";

/**
 * A process of its own that asks one address every 20 ms, whatever became of the time before, until it is
 * told to tell: how long each answer took, in milliseconds from when it was due. What keeps the portal from
 * answering shows in all that were due meanwhile.
 */
const EVERY_MS = 20;
const url = process.argv[2] ?? "";
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let times: number[] = [];
let failed = 0;
let due = performance.now();

function ask(dueAt: number): void {
  const asked = get(url, { agent }, (answer) => {
    answer.resume();
    answer.on("end", () => {
      if (answer.statusCode === 200) times.push(performance.now() - dueAt);
      else failed += 1;
    });
  });
  asked.on("error", (error: NodeJS.ErrnoException) => {
    // A kept connection that the portal closed at this moment is no answer: clients ask again, and the time
    // goes on.
    if (asked.reusedSocket && error.code === "ECONNRESET") ask(dueAt);
    else failed += 1;
  });
}

function next(): void {
  due += EVERY_MS;
  // A process that was itself kept waiting must not blame the portal.
  if (performance.now() - due > EVERY_MS) due = performance.now();
  setTimeout(
    () => {
      ask(performance.now());
      next();
    },
    Math.max(0, due - performance.now()),
  );
}

process.on("message", () => {
  process.send?.({ times, failed });
  times = [];
  failed = 0;
});
next();
