import { useMatches } from "@remix-run/react";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { SHAPES } from "~/pictures/picture";

/** What a loader says, as `shared` beside its `title`, of a page that is sent on: chat apps show it so. */
type SharedPage = Readonly<{
  description: string;
  /** Where the page stands, and its square picture. */
  path: string;
  picture: string;
}>;

const sharedOf = (page: unknown): (SharedPage & Readonly<{ title: string }>) | undefined =>
  typeof page === "object" && page !== null && "shared" in page && "title" in page && page.shared
    ? { ...(page.shared as SharedPage), title: String(page.title) }
    : undefined;

/** The picture of a page and its words, for whoever gets its link: its own, or that of the portal. */
export function PictureFacts({ origin }: Readonly<{ origin: string }>) {
  const t = useT();
  const at = paths(useLocale());
  const shared = sharedOf(useMatches().at(-1)?.data);
  const { width, height } = SHAPES.square;
  return (
    <>
      <meta property="og:site_name" content="红心 Hongxin" />
      <meta property="og:type" content="website" />
      {shared ? (
        <>
          <meta property="og:title" content={shared.title} />
          <meta property="og:description" content={shared.description} />
          <meta property="og:url" content={origin + shared.path} />
        </>
      ) : null}
      <meta property="og:image" content={origin + (shared?.picture ?? at.sitePictures().square)} />
      <meta property="og:image:type" content="image/png" />
      <meta property="og:image:width" content={String(width)} />
      <meta property="og:image:height" content={String(height)} />
      <meta property="og:image:alt" content={shared?.title ?? `${t("shell.name")} · ${t("shell.tagline")}`} />
      <meta name="twitter:card" content="summary" />
    </>
  );
}
