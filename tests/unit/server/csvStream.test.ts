import { expect, test } from "vitest";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { csvStream } from "~/http/csv.server";
import { zipped } from "~/server/zip.server";

/** What an export asks of the world: who asks, and where to tell what failed. */
function aVisitor() {
  const faults: unknown[] = [];
  const ctx = {
    actor: { kind: "visitor" },
    ports: { faults: { rowsFailed: (work: string, failed: readonly Readonly<{ id: string }>[]) => void faults.push([work, failed.map(({ id }) => id)]) } },
  };
  return { ctx: ctx as unknown as UseCaseContext, faults };
}

const file = (ctx: UseCaseContext, batches: AsyncGenerator<readonly number[]>) =>
  csvStream(ctx, { fileName: "numbers.csv", header: ["n"], batches, cellsOf: (n: number) => [String(n)] });

async function* numbers(batches: readonly (readonly number[])[], log: string[] = []) {
  try {
    for (const batch of batches) {
      log.push(`read ${batch.length}`);
      yield await Promise.resolve(batch);
    }
  } finally {
    log.push("ended");
  }
}

test("batches are one file with one head; an empty one among them is no line", async () => {
  const answer = await file(aVisitor().ctx, numbers([[1, 2], [], [3]]));
  expect(await answer.text()).toBe("n\r\n1\r\n2\r\n3\r\n");
  expect(await (await file(aVisitor().ctx, numbers([]))).text()).toBe("n\r\n");
});

test("what fails before the first row fails as a page; what fails later breaks the file off and is told", async () => {
  const { ctx, faults } = aVisitor();
  async function* refused(): AsyncGenerator<readonly number[]> {
    await Promise.reject(new Error("not allowed"));
    yield [];
  }
  await expect(file(ctx, refused())).rejects.toThrow("not allowed");
  expect(faults).toEqual([]);
  async function* broken(): AsyncGenerator<readonly number[]> {
    yield [1];
    await Promise.reject(new Error("the database went"));
  }
  await expect((await file(ctx, broken())).text()).rejects.toThrow("the database went");
  expect(faults).toEqual([["export", ["numbers.csv"]]]);
});

test("no more is read than is taken, and whoever goes away ends the reading", async () => {
  const log: string[] = [];
  const answer = await file(
    aVisitor().ctx,
    numbers(
      Array.from({ length: 50 }, () => [1]),
      log,
    ),
  );
  const reader = answer.body?.getReader();
  await reader?.read();
  expect(log.length).toBeLessThan(5);
  await reader?.cancel();
  expect(log.at(-1)).toBe("ended");
  expect(log.length).toBeLessThan(6);
});

test("a file that is made while it is sent is not gathered to be zipped", async () => {
  const log: string[] = [];
  const answer = await file(
    aVisitor().ctx,
    numbers(
      Array.from({ length: 50 }, () => [1]),
      log,
    ),
  );
  const sent = await zipped(new Request("http://portal.test/", { headers: { "accept-encoding": "gzip" } }), answer);
  expect(sent.headers.get("content-encoding")).toBeNull();
  expect(log.length).toBeLessThan(5);
  await sent.body?.cancel();
});
