import { expect, test } from "vitest";
import { doneAt, manyDoneAt, readDone } from "~/http/done.server";

const PAGE = "https://portal.test/matching";

/** What the next page says, asked with the cookie as a browser sends it back. */
function saidAfter({ headers }: { headers: Headers }, besides = "") {
  const [cookie = ""] = (headers.get("set-cookie") ?? "").split(";");
  return readDone(new Request(PAGE, { headers: { cookie: `${besides}${cookie}` } }), "zh-Hans")?.text;
}

test("the page after an act says what was done, with the numbers of a sentence of many", () => {
  expect(saidAfter(doneAt(PAGE, "done.matchProposed"))).toBe("已提出配对，等另一位同事同意。");
  expect(saidAfter(manyDoneAt(PAGE, "done.matchesProposed", { n: 12, m: 0 }))).toContain("已提出 12 项");
  const some = saidAfter(manyDoneAt(PAGE, "done.matchesProposedSome", { n: 2, m: 31 }), "look=auto; ");
  expect(some).toContain("已提出 2 项");
  expect(some).toContain("31 项");
});

test("what is no sentence of ours is not said, nor a sentence of many whose numbers were lost", () => {
  const said = (cookie: string) => readDone(new Request(PAGE, { headers: { cookie } }), "zh-Hans");
  for (const cookie of [
    "",
    "done=",
    "done=matching.title",
    "done=constructor-1-2",
    "done=done.matchesProposed",
    "done=done.matchesProposed-x-0",
    "done=done.matchesProposed-1",
    "done=done.matchesProposed~1~0",
  ])
    expect(said(cookie), cookie).toBeUndefined();
});
