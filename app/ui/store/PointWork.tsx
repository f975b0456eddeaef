import type { pointPage } from "~/domain/delivery/pointQueries.server";
import { moment } from "~/i18n/format";
import { langOfWords, nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { thing, thingName } from "./things";
import { WorkList, WorkRow } from "./WorkRow";

type Point = Awaited<ReturnType<typeof pointPage>>;

/** Miscounts that wait for a second person. */
export function CorrectionsToDecide({ corrections }: Pick<Point, "corrections">) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const lang = langOfWords(locale);
  return (
    <WorkList>
      {corrections.map((row) => (
        <WorkRow
          key={row.correction.id}
          to={at.inspect(row.correction.parcelId)}
          icon={row.icon}
          lang={lang}
          title={row.itemHans === null ? (row.offered ?? "") : thingName(locale, row)}
          meta={t("store.correctionFromTo", {
            was: String(row.correction.was),
            shall: String(row.correction.shall),
          })}
        />
      ))}
    </WorkList>
  );
}

/** Parcels that were counted, each to be inspected. */
export function ParcelsToInspect({ toInspect }: Pick<Point, "toInspect">) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const lang = langOfWords(locale);
  return (
    <WorkList>
      {toInspect.map((row) => (
        <WorkRow
          key={row.id}
          to={at.inspect(row.id)}
          icon={row.icon}
          lang={lang}
          title={
            row.itemHans === null ? `${row.offered ?? ""} × ${row.counted}` : thing(locale, row, row.counted)
          }
          meta={`${row.needCode ? t("store.forWish", { code: row.needCode }) : t("store.offeredTo", { code: row.offerCode ?? "" })} · ${t("store.receivedOn", { time: moment(locale, row.occurredAt) })}`}
        />
      ))}
    </WorkList>
  );
}

/** Wishes of which something stands here, each to be packed. */
export function WishesToPack({ point, toPack }: Pick<Point, "toPack" | "point">) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const lang = langOfWords(locale);
  return (
    <WorkList>
      {toPack.map((row) => (
        <WorkRow
          key={row.needId}
          to={at.pack(point.id, row.needId)}
          icon={row.icon}
          lang={lang}
          title={`${thingName(locale, row)} × ${row.units}`}
          meta={[row.pseudonym, nameIn(locale, row.town), t("store.forWish", { code: row.needCode })]
            .filter(Boolean)
            .join(" · ")}
        />
      ))}
    </WorkList>
  );
}
