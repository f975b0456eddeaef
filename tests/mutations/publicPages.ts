import type { Mutation } from "./mutation";

const PUBLIC_PAGES_TEST = "tests/unit/server/publicPages.test.ts";
const DOOR_TEST = "tests/unit/server/door.test.ts";
const KEPT_TEST = "tests/unit/ui/kept.test.ts";
const KEPT_CARDS_TEST = "tests/unit/ui/keptCards.test.ts";

/** What of the public pages may be shown to whom, and for how long. */
export const PUBLIC_PAGES: readonly Mutation[] = [
  {
    name: "one reader's frame is shown to others",
    file: "app/server/publicPages.server.ts",
    from: `...look, basket, roles?.join("+") ?? "visitor"]`,
    to: `...look, basket]`,
    test: PUBLIC_PAGES_TEST,
  },
  {
    name: "caches on the way keep pages with a frame",
    file: "app/server/publicPages.server.ts",
    from: `if (isAnybodys(frame)) {`,
    to: `if (frame.roles === undefined) {`,
    test: PUBLIC_PAGES_TEST,
  },
  {
    name: "a version that was asked before one came counts",
    file: "app/server/askedTogether.ts",
    from: `asking = answer;`,
    to: `next = answer;`,
    test: PUBLIC_PAGES_TEST,
  },
  {
    name: "at the door everybody's cookies are the same",
    file: "app/server/publicPages.server.ts",
    from: `cookiesOf(request).every(isImpersonal)`,
    to: `cookiesOf(request).length < 3`,
    test: DOOR_TEST,
  },
  {
    name: "at the door nobody asks whether something left the public pages",
    file: "app/server/publicPages.server.ts",
    from: `current === undefined ? undefined : fresh(shared, current)`,
    to: `fresh(shared, 1)`,
    test: DOOR_TEST,
  },
  {
    name: "at the door an answer does not say what every answer says",
    file: "app/server/door.server.ts",
    from: `[...said, "x-request-id", requestId]`,
    to: `["x-request-id", requestId]`,
    test: DOOR_TEST,
  },
  {
    name: "one reader's basket stands in the frame of others",
    file: "app/ui/shell/Header.tsx",
    from: `of={["main", locale, here, basket, isSignedIn]}`,
    to: `of={["main", locale, here, isSignedIn]}`,
    test: KEPT_TEST,
  },
  {
    name: "one reader's rooms stand in the frame of others",
    file: "app/ui/shell/Header.tsx",
    from: `of={["work", locale, here, roles]}`,
    to: `of={["work", locale, here]}`,
    test: KEPT_TEST,
  },
  {
    name: "a card goes on showing what its wish was",
    file: "app/server/keptParts.server.ts",
    from: `isSame(last.shown, part.shown) ? last.markup : undefined`,
    to: `last.markup`,
    test: KEPT_CARDS_TEST,
  },
  {
    name: "a card is known in whatever language it was made first",
    file: "app/ui/needs/WishCard.tsx",
    from: `of={["wish", locale, heading, wish.code]}`,
    to: `of={["wish", heading, wish.code]}`,
    test: KEPT_CARDS_TEST,
  },
  {
    name: "what was just done is told to everybody",
    file: "app/server/publicPages.server.ts",
    from: `request.method !== "GET" || readDone(request, localeOfPath(pathname)) !== undefined`,
    to: `request.method !== "GET"`,
    test: PUBLIC_PAGES_TEST,
  },
  {
    name: "the gap of several lines is that of each",
    file: "app/domain/books/moveUnits.server.ts",
    from: `(isOneOfMany || gapOf(open) !== gapOf(openBefore))`,
    to: `gapOf(open) !== gapOf(openBefore)`,
    test: "tests/integration/needs/gap.test.ts",
  },
  {
    name: "a mistake is looked for in words that are found",
    file: "app/domain/needs/wishCounts.server.ts",
    from: `(seldom.has(place) ? near : exact)`,
    to: `near`,
    test: "tests/integration/database/searchPlans.test.ts",
  },
  {
    name: "a list ends where one of its page was closed meanwhile",
    file: "app/domain/needs/queries.server.ts",
    from: `(isFirst ? first.length : rows.length) > PAGE_SIZE`,
    to: `rows.length > PAGE_SIZE`,
    test: "tests/integration/database/searchPlans.test.ts",
  },
];
