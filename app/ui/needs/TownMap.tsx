import { ownOf } from "~/domain/kernel/own";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Link } from "../primitives/Link";
import { TOWN_TILES } from "./townTiles";

type Town = Readonly<{ code: string; nameHans: string; nameHant: string; nameEn: string; n: number }>;

const SHADES = [
  "bg-seq-0 text-ink",
  "bg-seq-1 text-ink",
  "bg-seq-2 text-ink",
  "bg-seq-3 text-ink",
  "bg-seq-4 text-on-brand",
];
const shadeOf = (n: number) =>
  `${SHADES[n === 0 ? 0 : n < 2 ? 1 : n < 4 ? 2 : n < 7 ? 3 : 4] ?? ""} contrast:bg-canvas contrast:text-ink`;
const shortName = (name: string) => name.replace(/(街道|鎮|镇)$/, "").replace(/ (Subdistrict|Town)$/, "");

/** Every town a tile and a link; in elder size a plain list. */
export function TownMap({ towns }: { towns: readonly Town[] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <figure>
      <ul className="grid grid-cols-6 gap-1.5 sm:max-w-xl elder:grid-cols-1 elder:gap-2">
        {towns.map((town) => {
          const [row, column] = ownOf(TOWN_TILES, town.code) ?? [8, 1];
          return (
            <li
              key={town.code}
              style={{ gridRow: row, gridColumn: column }}
              className="elder:[grid-area:auto]!"
            >
              <Link
                to={paths(locale).wishes({ town: town.code })}
                className={`flex h-full min-h-14 flex-col items-center justify-center rounded-md border border-line px-0.5 py-1 text-center text-1 leading-tight elder:flex-row elder:justify-between elder:px-4 elder:text-3 ${shadeOf(town.n)}`}
              >
                <span>{shortName(nameIn(locale, town))}</span>
                <span className="tabular font-bold">{town.n}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      <figcaption className="mt-2 text-2 text-muted">{t("home.townsNote")}</figcaption>
    </figure>
  );
}
