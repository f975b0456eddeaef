import { afterEach, expect, test } from "vitest";
import { isAlive } from "~db/embedded";
import { aHouse, type House, until } from "../support/house";

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

async function aHouseOf(processes: number, drainSeconds = 0): Promise<House> {
  const house = await aHouse();
  ending.push(house.end);
  await house.startPortal(drainSeconds, processes);
  return house;
}

const isReady = async ({ health }: House) => (await health()).status === 200;

test("two portal processes and a worker serve one port; one that is killed is started anew, and none asks in vain meanwhile", async () => {
  const house = await aHouseOf(2);
  const before = house.processes();
  expect(before).toHaveLength(3);

  // A portal process and the worker: whoever asks is answered by the other one.
  const [portal = 0, other = 0, worker = 0] = before;
  for (const victim of [portal, worker]) {
    process.kill(victim, "SIGKILL");
    await until(() => Promise.resolve(!isAlive(victim)), "the end of a process");
    expect(await isReady(house)).toBe(true);
    await until(
      () => Promise.resolve(house.processes().length === 3 && !house.processes().includes(victim)),
      "another in its place",
    );
    expect(await isReady(house)).toBe(true);
  }

  expect(house.processes()).toContain(other);
  expect((await fetch(`${house.url}/wishes`)).status).toBe(200);
});

test("one signal ends all of them well, and says so to the supervisor", async () => {
  const house = await aHouseOf(2, 1);
  const processes = house.processes();
  const ended = house.endPortal("SIGTERM");
  await until(async () => (await house.health()).said === "draining", "a portal that says that it ends");
  expect(await ended).toBe(0);
  expect(processes.filter(isAlive)).toEqual([]);
});

test("when the first process is killed outright the others do not stay behind", async () => {
  const house = await aHouseOf(2);
  const processes = house.processes();
  await house.endPortal("SIGKILL");
  await until(() => Promise.resolve(!processes.some(isAlive)), "the end of all");
});
