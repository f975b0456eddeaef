import { createElement, Fragment } from "react";
import { renderToString } from "react-dom/server";
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from "react-router-dom/server";
import { expect, test } from "vitest";
import { type Locale, LOCALES } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { Words } from "~/i18n/Words";
import { samePageIn } from "~/paths";
import { keepParts, type KeptParts } from "~/server/keptParts.server";
import { StillContext } from "~/ui/primitives/Link";
import { BottomBar } from "~/ui/shell/BottomBar";
import { Footer } from "~/ui/shell/Footer";
import { Header } from "~/ui/shell/Header";
import { KeptContext } from "~/ui/shell/Kept";

type Reader = Readonly<{
  locale: Locale;
  path: string;
  basket: number;
  roles: readonly string[] | undefined;
  size: string;
  phoneLine: string;
}>;

const READERS: Reader[] = LOCALES.flatMap((locale) =>
  ["/", "/wishes", "/wishes/W234", "/gifts/G234", "/help-me", "/field", "/field/calls"].flatMap((path) =>
    [undefined, ["donor"], ["caseworker", "donor"], ["admin", "donor", "operator"]].flatMap((roles) =>
      [0, 2].flatMap((basket) =>
        ["normal", "elder"].map((size) => ({
          locale,
          path: samePageIn(locale, path, ""),
          basket,
          roles,
          size,
          phoneLine: path === "/help-me" ? "12345" : "0760-0000-0000",
        })),
      ),
    ),
  ),
);

const Frame = () =>
  createElement(
    Words,
    null,
    createElement(Fragment, null, createElement(Header), createElement(Footer), createElement(BottomBar)),
  );

/** The frame as this reader gets it on a still page. */
async function frameFor({ locale, path, basket, roles, size, phoneLine }: Reader, parts?: KeptParts) {
  const loader = () => ({
    locale,
    look: { size, contrast: "auto" },
    frame: { basket, roles },
    place: { city: "中山", phoneLine, isDemo: false },
    messages: messagesFor(locale, ["common", "shell", "errors", "work"]),
  });
  const handler = createStaticHandler([{ id: "root", path: "*", loader, Component: Frame }]);
  const context = await handler.query(new Request(`http://portal.test${path}`));
  if (context instanceof Response) throw new Error("no page");
  const router = createStaticRouter(handler.dataRoutes as Parameters<typeof createStaticRouter>[0], context);
  const page = createElement(StaticRouterProvider, { router, context, hydrate: false });
  const still = createElement(StillContext.Provider, { value: true }, page);
  return renderToString(createElement(KeptContext.Provider, { value: parts?.placeOf }, still));
}

test("what is kept of the frame is given to nobody who would be shown anything else", async () => {
  const partsOfOne = keepParts();
  const anew = new Map<Reader, string>();
  for (const reader of READERS) anew.set(reader, await frameFor(reader));
  expect(new Set(anew.values()).size).toBeGreaterThan(200);
  // Twice: what the first of them left behind is there for all others.
  for (const reader of [...READERS, ...READERS.toReversed()]) {
    const parts = partsOfOne();
    expect(parts.whole(await frameFor(reader, parts)), JSON.stringify(reader)).toBe(anew.get(reader));
  }
});

test("a part that is known is not made again", () => {
  const partsOfOne = keepParts();
  const mark = (at: number) => `<template data-kept="${at}"></template>`;
  const first = partsOfOne();
  expect(first.placeOf("footer zh")).toEqual({ at: 0, isKnown: false });
  expect(first.placeOf("main en")).toEqual({ at: 1, isKnown: false });
  expect(first.whole(`<b>${mark(0)}<p>你好</p>${mark(0)}</b>${mark(1)}<i></i>${mark(1)}`)).toBe(
    "<b><p>你好</p></b><i></i>",
  );
  const second = partsOfOne();
  expect([second.placeOf("footer zh"), second.placeOf("footer en")]).toEqual([
    { at: 0, isKnown: true },
    { at: 1, isKnown: false },
  ]);
  expect(second.whole(`1${mark(0)}2${mark(1)}3${mark(1)}4`)).toBe("1<p>你好</p>234");
});

test("so many parts are kept, and what was made first goes first", () => {
  const partsOfOne = keepParts();
  for (let number = 0; number <= 1_000; number += 1) {
    const { placeOf, whole } = partsOfOne();
    const { at } = placeOf(`footer ${number}`);
    whole(`<template data-kept="${at}"></template>${number}<template data-kept="${at}"></template>`);
  }

  const { placeOf } = partsOfOne();
  expect([placeOf("footer 0").isKnown, placeOf("footer 1").isKnown]).toEqual([false, true]);
});
