import { data, type LinksFunction } from "@remix-run/node";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useRouteLoaderData,
} from "@remix-run/react";
import { type ReactNode, useContext } from "react";
import { rememberedInstallation } from "~/domain/identity/queries.server";
import { earliestTold } from "~/domain/kernel/happened.server";
import { orAway } from "~/http/away.server";
import { contextOf, type RouteArgs } from "~/http/context.server";
import { readDone } from "~/http/done.server";
import { frameOf } from "~/http/frame.server";
import { readPreferences } from "~/http/preferences.server";
import { localInput } from "~/i18n/format";
import { type Locale, LOCALES, nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { Words } from "~/i18n/Words";
import { samePageIn } from "~/paths";
import stylesheet from "~/tailwind.css?url";
import { StillContext } from "~/ui/primitives/Link";
import { ErrorPage } from "~/ui/shell/ErrorPage";
import moves from "~/ui/shell/moves.js?url&no-inline";
import { NonceContext } from "~/ui/shell/nonce";
import { PageTitle } from "~/ui/shell/PageTitle";
import { PictureFacts } from "~/ui/shell/PictureFacts";
import { Shell } from "~/ui/shell/Shell";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "apple-touch-icon", href: "/icon-180.png" },
  { rel: "manifest", href: "/manifest.webmanifest" },
];

export const loader = (args: RouteArgs) => orAway(args, () => readShell(args));

async function readShell(args: RouteArgs) {
  const url = new URL(args.request.url);
  const segment = url.pathname.split("/")[1];
  const locale: Locale = segment === "zh-Hant" || segment === "en" ? segment : "zh-Hans";
  const ctx = await contextOf({ ...args, params: locale === "zh-Hans" ? {} : { lang: locale } });
  const place = await rememberedInstallation(ctx);
  const done = readDone(args.request, locale);
  const frame = await frameOf(args);
  const answer = {
    locale,
    look: readPreferences(args.request),
    frame,
    origin: args.context.runtime.settings.PUBLIC_URL,
    place: {
      city: nameIn(locale, {
        nameHans: place.cityNameHans,
        nameHant: place.cityNameHant,
        nameEn: place.cityNameEn,
      }),
      phoneLine: place.phoneLine,
      isDemo: place.isDemo,
    },
    messages: messagesFor(
      locale,
      frame.roles ? ["common", "shell", "errors", "work"] : ["common", "shell", "errors"],
    ),
    /** For the fields in which staff tell when something happened. */
    earliestTold: ctx.actor.kind === "user" ? localInput(await earliestTold(ctx)) : undefined,
    done: done && { text: done.text, at: done.at },
  };
  return data(answer, done && { headers: { "Set-Cookie": done.forget } });
}

export type RootData = Awaited<ReturnType<typeof loader>>["data"];

export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<RootData>("root");
  const nonce = useContext(NonceContext);
  const { pathname, search } = useLocation();
  const still = useContext(StillContext);
  const look = root?.look;
  return (
    <Words>
      <html
        lang={root?.locale ?? "zh-Hans"}
        data-theme={look?.theme ?? "auto"}
        data-contrast={look?.contrast ?? "auto"}
        data-size={look?.size ?? "normal"}
        data-text={look?.text === "100" ? undefined : look?.text}
        data-spacing={look?.spacing === "roomy" ? "roomy" : undefined}
      >
        <head>
          <meta charSet="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <PageTitle />
          <Meta />
          {root ? <SharedFacts origin={root.origin} pathname={pathname} search={search} /> : null}
          <Links />
        </head>
        <body>
          {children}
          {still ? null : <FrameworkScripts />}
          <script type="module" src={moves} {...(nonce ? { nonce } : {})} />
        </body>
      </html>
    </Words>
  );
}

function FrameworkScripts() {
  const nonce = useContext(NonceContext);
  return (
    <>
      <ScrollRestoration {...(nonce ? { nonce } : {})} />
      <Scripts {...(nonce ? { nonce } : {})} />
    </>
  );
}

/** What search engines and chat apps ask of every page: its other languages, and a picture. */
function SharedFacts({ origin, pathname, search }: { origin: string; pathname: string; search: string }) {
  return (
    <>
      {LOCALES.map((locale) => (
        <link
          key={locale}
          rel="alternate"
          hrefLang={locale}
          href={origin + samePageIn(locale, pathname, search)}
        />
      ))}
      <link rel="alternate" hrefLang="x-default" href={origin + samePageIn("zh-Hans", pathname, search)} />
      <PictureFacts origin={origin} />
      <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fbf8f4" />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1a1513" />
    </>
  );
}

export default function App() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}

export function ErrorBoundary() {
  return (
    <Shell>
      <ErrorPage />
    </Shell>
  );
}
