import { scaleQuantize } from "d3-scale";
import { ownOf } from "~/domain/kernel/own";
import { nameIn } from "~/i18n/locales";
import { useLocale } from "~/i18n/useT";
import { Link } from "../primitives/Link";
import { TOWN_TILES } from "./townTiles";

type Town = Readonly<{
  code: string;
  nameHans: string;
  nameHant: string;
  nameEn: string;
  /** What is shown of it; undefined where there is nothing to show yet. */
  n: number | undefined;
}>;

const NONE = "bg-seq-0 text-ink";
const SHADES = ["bg-seq-1 text-ink", "bg-seq-2 text-ink", "bg-seq-3 text-ink", "bg-seq-4 text-on-brand"];
const shortName = (name: string) => name.replace(/(街道|鎮|镇)$/, "").replace(/ (Subdistrict|Town)$/, "");

/** Every town a tile and a link, the darker the more; in elder size a plain list. */
export function TownMap({
  towns,
  to,
  note,
}: {
  towns: readonly Town[];
  to: (code: string) => string;
  note: string;
}) {
  const locale = useLocale();
  // By roots: one town with very much does not make all others look alike.
  const shade = scaleQuantize<string>()
    .domain([1, Math.sqrt(towns.reduce((most, { n = 0 }) => Math.max(most, n), 4))])
    .range(SHADES);
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
                to={to(town.code)}
                className={`flex h-full min-h-14 flex-col items-center justify-center rounded-md border border-line px-0.5 py-1 text-center text-1 leading-tight elder:flex-row elder:justify-between elder:px-4 elder:text-3 ${town.n ? shade(Math.sqrt(town.n)) : NONE} contrast:bg-canvas contrast:text-ink`}
              >
                <span>{shortName(nameIn(locale, town))}</span>
                <span className="tabular font-bold">{town.n ?? "–"}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      <figcaption className="mt-2 text-2 text-muted">{note}</figcaption>
    </figure>
  );
}
