import { useLocale, useT } from "~/i18n/useT";
import { dotWords, PLACES, type UnitsByPlace } from "./unitWords";

/** More than these nobody counts with their eyes: then they are shares of a bar. */
const MOST_DOTS = 40;

/**
 * Where each unit is, as one picture: a dot for each up to forty, else a bar of their shares; in every case
 * with the words that say the same. Each place has a shape of its own, so that no colour is needed.
 */
export function UnitDots({ units, unit }: { units: UnitsByPlace; unit: string }) {
  const t = useT();
  const locale = useLocale();
  const total = PLACES.reduce((sum, place) => sum + units[place], 0);
  if (total === 0) return null;
  const words = dotWords(t, locale, units, unit);
  const isFew = total <= MOST_DOTS;
  return (
    <div>
      <div aria-hidden="true" className={isFew ? "dots" : "dots-bar"}>
        {isFew
          ? PLACES.flatMap((place) =>
              Array.from({ length: units[place] }, (_, at) => <i key={place + String(at)} data-at={place} />),
            )
          : PLACES.filter((place) => units[place] > 0).map((place) => (
              <i key={place} data-at={place} style={{ flexGrow: units[place] }} />
            ))}
      </div>
      <ul className="dots-words">
        {PLACES.filter((place) => units[place] > 0).map((place) => (
          <li key={place}>
            <i aria-hidden="true" data-at={place} />
            {words[place]}
          </li>
        ))}
      </ul>
    </div>
  );
}
