import { expect, test } from "vitest";
import { makeCode } from "~/domain/kernel/codes";
import { goodsFilterOf, moneyFilterOf } from "~/http/moneyFilter.server";
import { inQuery, isUnread, noteUnread, oneOfInQuery, searchOf, unreadableFilter } from "~/http/query.server";

const asked = (query: string) => ({ request: new Request(`http://portal.test/finance/money?${query}`) });
const GIFT = makeCode("G", () => new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]));
const wide = (text: string) =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

test("a gift's code is found however it is spaced, cased or widened", () => {
  for (const typed of [
    GIFT,
    GIFT.toLowerCase(),
    ` ${GIFT.slice(0, 4)} ${GIFT.slice(4)} `,
    wide(GIFT),
    `\u202d${GIFT.slice(0, 2)}\u200b${GIFT.slice(2)}\u202c`,
  ])
    expect(moneyFilterOf(asked(`gift=${encodeURIComponent(typed)}`))).toMatchObject({
      values: { gift: GIFT },
      reply: undefined,
    });
});

test("what a filter cannot read is said beside its field, with what was typed", () => {
  const { reply } = moneyFilterOf(asked("from=2026-02-30&to=0026-01-01&gift=G123&kind=gold&programmeId=1"));
  expect(reply?.errors).toEqual({
    programmeId: ["common.choiceUnknown"],
    kind: ["common.choiceUnknown"],
    from: ["common.dayWrong"],
    to: ["common.dayWrong"],
    gift: ["common.codeWrong"],
  });
  expect(reply?.values).toMatchObject({ from: "2026-02-30", gift: "G123" });
  expect(goodsFilterOf(asked("from=&to=2026-02-28"))).toEqual({
    values: { from: undefined, to: "2026-02-28" },
    reply: undefined,
  });
});

test("its file answers 400 in words", async () => {
  const { reply } = goodsFilterOf(asked("from=2026-02-30"));
  const answer = unreadableFilter("zh-Hans", reply ?? { values: {}, errors: {}, formErrors: [] });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toBe("from: 没有这一天，请核对年、月、日。");
});

test("an address that asks for something nobody can read is known to have asked for it", () => {
  const { request } = asked("town=abc&q=%E2%80%8B&list=OPEN&before=1");
  noteUnread(request, { q: undefined });
  expect(oneOfInQuery(request, "list", ["open", "ended"])).toBeUndefined();
  expect(isUnread(request)).toBe(true);
  const { request: other } = asked("town=abc&q=%E2%80%8B");
  noteUnread(other, { q: undefined, town: "abc" });
  expect(isUnread(other)).toBe(false);
  expect(inQuery(other, "town", (): string | undefined => undefined)).toBeUndefined();
  expect(isUnread(other)).toBe(true);
  expect(searchOf(other).get("q")).toBe("");
});
