import { createElement, Fragment } from "react";
import { renderToString } from "react-dom/server";
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from "react-router-dom/server";
import { expect, test } from "vitest";
import type { WishFilter } from "~/domain/needs/wishFilter";
import { type Locale, LOCALES } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { Words } from "~/i18n/Words";
import { keepParts, type KeptParts } from "~/server/keptParts.server";
import { WishCard, type WishCardData } from "~/ui/needs/WishCard";
import { WishFilters } from "~/ui/needs/WishFilters";
import { StillContext } from "~/ui/primitives/Link";
import { KeptContext } from "~/ui/shell/Kept";

const LINE: WishCardData["lines"][number] = {
  kind: "goods",
  itemHans: "书包",
  itemHant: "書包",
  icon: "bag",
  kindEn: "school bag",
  unit: { nameHans: "个", nameHant: "個", nameEn: "piece", nameEnPlural: "pieces" },
  unitPriceFen: 12_000n,
  requested: 5n,
  waived: 0n,
  pledged: 0n,
  inHub: 0n,
  delivered: 0n,
  held: 0n,
  open: 5n,
};
const WISH: WishCardData = {
  code: "W234",
  titleHans: "想要书包",
  titleHant: "想要書包",
  publicGroup: "child",
  town: { nameHans: "石岐街道", nameHant: "石岐街道", nameEn: "Shiqi" },
  verifiedAt: new Date("2026-01-01T00:00:00Z"),
  isOpen: true,
  lines: [LINE],
};
/** The same wish, and the same line of it, as they may be another time. */
const CHANGED: Partial<WishCardData>[] = [
  {},
  { titleHans: "想要小书包", titleHant: "想要小書包" },
  { publicGroup: "older_person" },
  { publicGroup: null },
  { town: undefined },
  { town: { nameHans: "东区街道", nameHant: "東區街道", nameEn: "Dongqu" } },
  { verifiedAt: new Date("2026-02-01T00:00:00Z") },
  { isOpen: false },
  { lines: [] },
  { lines: [LINE, LINE] },
];
const CHANGED_LINE: Partial<typeof LINE>[] = [
  { kind: "money", unitPriceFen: 1n },
  { itemHans: "书桌", itemHant: "書桌" },
  { icon: null },
  { icon: "wheelchair" },
  { kindEn: null },
  { kindEn: "wheelchair" },
  { unit: { nameHans: "套", nameHant: "套", nameEn: "set", nameEnPlural: "sets" } },
  { unitPriceFen: 12_050n },
  { requested: 6n, open: 6n },
  { waived: 1n, open: 4n },
  { pledged: 1n, open: 4n },
  { inHub: 2n, open: 3n },
  { delivered: 3n, open: 2n },
  { held: 1n, open: 4n },
  { held: 5n, open: 0n },
  { pledged: 5n, open: 0n },
];
const WISHES: readonly WishCardData[] = [
  ...CHANGED.map((changed) => ({ ...WISH, ...changed })),
  ...CHANGED_LINE.map((changed) => ({ ...WISH, lines: [{ ...LINE, ...changed }] })),
];

const nothing: WishFilter = {
  q: undefined,
  kind: undefined,
  group: undefined,
  town: undefined,
  item: undefined,
  gap: undefined,
  waiting: undefined,
  sort: undefined,
  done: undefined,
};
const counts = (n: number) => ({ town: [{ value: "shiqi", n }], kind: [], group: [], item: [] });
const names = (name: string) => ({ towns: [{ code: "shiqi", name }], kinds: [] });
const CHOICES: readonly Parameters<typeof WishFilters>[0][] = [
  { filter: nothing, facets: counts(2), names: names("石岐街道") },
  { filter: nothing, facets: counts(3), names: names("石岐街道") },
  { filter: nothing, facets: counts(2), names: names("石岐") },
  { filter: { ...nothing, q: "书包" }, facets: counts(2), names: names("石岐街道") },
  { filter: { ...nothing, town: "shiqi" }, facets: counts(2), names: names("石岐街道") },
  { filter: { ...nothing, done: "yes", sort: "newest" }, facets: counts(2), names: names("石岐街道") },
];

type Shown = Readonly<{ locale: Locale; what: ReturnType<typeof createElement> }>;
/** Each in every language, one after the other: nothing else of it differs then. */
const SHOWN: readonly Shown[] = [
  ...(["h2", "h3"] as const).flatMap((heading) =>
    WISHES.map((wish) => createElement(WishCard, { wish, heading })),
  ),
  ...CHOICES.map((choices) => createElement(WishFilters, choices)),
].flatMap((what) => LOCALES.map((locale) => ({ locale, what })));

async function markupOf({ locale, what }: Shown, parts?: KeptParts): Promise<string> {
  const loader = () => ({ locale, messages: messagesFor(locale, ["common", "shell", "wishes"]) });
  const Component = () => createElement(Words, null, createElement(Fragment, null, what));
  const handler = createStaticHandler([{ id: "root", path: "*", loader, Component }]);
  const context = await handler.query(new Request("http://portal.test/wishes"));
  if (context instanceof Response) throw new Error("no page");
  const router = createStaticRouter(handler.dataRoutes as Parameters<typeof createStaticRouter>[0], context);
  const page = createElement(StaticRouterProvider, { router, context, hydrate: false });
  const still = createElement(StillContext.Provider, { value: true }, page);
  const made = renderToString(createElement(KeptContext.Provider, { value: parts?.placeOf }, still));
  return parts ? parts.whole(made) : made;
}

test("a card shows its wish as it is now, in the reader's language, and a filter what it counts now", async () => {
  const partsOfOne = keepParts();
  const anew = new Map<Shown, string>();
  for (const shown of SHOWN) anew.set(shown, await markupOf(shown));
  expect(new Set(anew.values()).size).toBeGreaterThan(120);
  for (const shown of [...SHOWN, ...SHOWN.toReversed()])
    // Three times: named, made, and given as it is known.
    for (let time = 1; time <= 3; time += 1)
      expect(await markupOf(shown, partsOfOne())).toBe(anew.get(shown));
});

test("who reads English reads what kind of thing a wish is for, and of another thing its own, beside the words as they were written", async () => {
  const inEnglish = async (lines: WishCardData["lines"]) =>
    (
      await markupOf({ locale: "en", what: createElement(WishCard, { wish: { ...WISH, lines } }) })
    ).replaceAll("<!-- -->", "");
  const one = await inEnglish([LINE]);
  expect(one).toContain('School bag – <span lang="zh-Hans">想要书包</span>');
  expect(one).toContain('<p class="wish-thing"><span lang="zh-Hans">书包</span>');
  const taken = { ...LINE, pledged: 5n, open: 0n };
  const two = await inEnglish([taken, { ...LINE, kindEn: "shoes", itemHans: "球鞋" }]);
  expect(two).toContain('School bag – <span lang="zh-Hans">想要书包</span>');
  expect(two).toContain('<p class="wish-thing">Shoes – <span lang="zh-Hans">球鞋</span>');
  const inChinese = await markupOf({ locale: "zh-Hant", what: createElement(WishCard, { wish: WISH }) });
  expect(inChinese).toContain(">想要書包<");
  expect(inChinese).not.toMatch(/school bag|lang=/i);
});
