import type { ContextType } from "react";
import type { KeptContext, Part } from "~/ui/shell/Kept";

/** Names and markup, some ten thousand cards; what was made first goes first. */
const MOST_SIGNS = 8_000_000;
/** As React writes it: nothing that anybody typed can look like it. */
const BEGIN = /<template data-kept="(\d+)">/;
const END = "</template>";

export type KeptParts = Readonly<{
  /** For `KeptContext`, while one page is made. */
  placeOf: NonNullable<ContextType<typeof KeptContext>>;
  /** The page as it is sent: parts that are known in their places, and those that were made anew kept. */
  whole: (made: string) => string;
}>;

/** What was shown last, and its markup; neither of what was asked for once only. */
type Known = Readonly<{ shown?: unknown; markup?: string }>;

/**
 * Parts of pages as this process knows them: they are the same for everybody who is shown the same, and React
 * would make them anew for every page. Of what a part is of, only what was shown last is known; and what is
 * asked for once only, as most of what a crawler walks through, costs no more than its name.
 *
 * @returns what one page is made with; safe for pages that are made at the same moment
 */
export function keepParts(): () => KeptParts {
  const known = new Map<string, Known>();
  let signs = 0;

  const forget = (name: string): void => {
    const part = known.get(name);
    if (part) signs -= name.length + (part.markup?.length ?? 0);
    known.delete(name);
  };

  const keep = (name: string, part: Known): void => {
    forget(name);
    known.set(name, part);
    signs += name.length + (part.markup?.length ?? 0);
    for (const oldest of known.keys()) {
      if (signs <= MOST_SIGNS) break;
      forget(oldest);
    }
  };

  return () => {
    const asked: { part: Part; markup: string | undefined }[] = [];
    return {
      placeOf: (part) => {
        const last = known.get(part.name);
        if (last === undefined) {
          keep(part.name, {});
          return undefined;
        }

        const markup = isSame(last.shown, part.shown) ? last.markup : undefined;
        asked.push({ part, markup });
        return { at: asked.length - 1, isKnown: markup !== undefined };
      },
      whole: (made) => {
        // Page, place, part with the page behind it, place, and so on.
        const [first = "", ...others] = made.split(BEGIN);
        let page = first;
        for (let index = 0; index < others.length; index += 2) {
          const place = asked[Number(others[index])];
          const text = others[index + 1] ?? "";
          const end = text.indexOf(END);
          const markup = place?.markup ?? text.slice(0, end);
          if (place && place.markup === undefined) {
            // A copy: cut out of its page it would keep all of that in memory.
            const copy = Buffer.from(markup, "utf16le").toString("utf16le");
            keep(place.part.name, { shown: place.part.shown, markup: copy });
          }

          page += markup + text.slice(end + END.length);
        }

        return page;
      },
    };
  };
}

/** Whether two pieces of data say the same. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isObject(one) || !isObject(other)) return false;
  if (one instanceof Date || other instanceof Date)
    return one instanceof Date && other instanceof Date && one.getTime() === other.getTime();
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  for (const name of names) if (!Object.hasOwn(other, name) || !isSame(one[name], other[name])) return false;
  return true;
}

const isObject = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === "object" && data !== null;
