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

/** A place as React writes it, with what it made there. */
const place = (at: number, made = "") => `<template data-kept="${at}">${made}</template>`;
/** Asks for a part that shows this. */
const asks = ({ placeOf }: KeptParts, name: string, shown?: unknown) => placeOf({ name, shown });

test("a part that is known is not made again", () => {
  const partsOfOne = keepParts();
  for (const name of ["footer zh", "main en"]) expect(asks(partsOfOne(), name)).toBeUndefined();
  const first = partsOfOne();
  expect(asks(first, "footer zh")).toEqual({ at: 0, isKnown: false });
  expect(asks(first, "main en")).toEqual({ at: 1, isKnown: false });
  expect(asks(first, "footer en")).toBeUndefined();
  expect(first.whole(`<b>${place(0, "<p>你好</p>")}</b>${place(1, "<i></i>")}`)).toBe(
    "<b><p>你好</p></b><i></i>",
  );
  const second = partsOfOne();
  expect(asks(second, "footer zh")).toEqual({ at: 0, isKnown: true });
  expect(asks(second, "footer en")).toEqual({ at: 1, isKnown: false });
  expect(second.whole(`1${place(0)}2${place(1, "3")}4`)).toBe("1<p>你好</p>234");
});

test("a part that shows anything else is made anew", () => {
  const partsOfOne = keepParts();
  const shown = { code: "W2", at: new Date(5), open: 3n, lines: [{ town: undefined, names: ["甲"] }] };
  const others = [
    { ...shown, at: new Date(6) },
    { ...shown, open: 2n },
    { ...shown, open: "3" },
    { ...shown, more: undefined },
    { ...shown, code: undefined },
    { ...shown, lines: [] },
    { ...shown, lines: [{ town: undefined, names: ["乙"] }] },
    { ...shown, lines: [{ names: ["甲"], shop: undefined }] },
    null,
    undefined,
  ];
  const make = (given: unknown) => {
    const parts = partsOfOne();
    const asked = asks(parts, "wish", given);
    if (asked?.isKnown === false) parts.whole(place(asked.at, "made"));
    return asked?.isKnown;
  };

  expect(make(shown)).toBeUndefined();
  for (const other of others) {
    make(shown);
    expect(make(structuredClone(shown))).toBe(true);
    expect(
      make(other),
      JSON.stringify(other, (_name, value: unknown) => String(value)),
    ).toBe(false);
    expect(make(shown)).toBe(false);
  }
});

test("so much is kept, and what was made first goes first", () => {
  const partsOfOne = keepParts();
  const half = "x".repeat(4_000_000);
  for (const name of ["one", "one", "two", "two"]) {
    const parts = partsOfOne();
    if (asks(parts, name)) parts.whole(place(0, half));
  }

  expect(["one", "two"].map((name) => asks(partsOfOne(), name)?.isKnown)).toEqual([undefined, true]);
});
