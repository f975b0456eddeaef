import type { ContextType } from "react";
import type { KeptContext } from "~/ui/shell/Kept";

/** In so many languages, rooms and roles; what was made first goes first. */
const MOST_PARTS = 1_000;
/** As React writes it: nothing that anybody typed can look like it. */
const MARK = /<template data-kept="(\d+)"><\/template>/;

export type KeptParts = Readonly<{
  /** For `KeptContext`, while one page is made. */
  placeOf: NonNullable<ContextType<typeof KeptContext>>;
  /** The page as it is sent: parts that are known in their places, and those that were made anew kept. */
  whole: (made: string) => string;
}>;

/**
 * The parts of the frame as this process knows them: they are the same for everybody in the same language,
 * room and roles, and React would make them anew for every page.
 *
 * @returns what one page is made with; safe for pages that are made at the same moment
 */
export function keepParts(): () => KeptParts {
  const known = new Map<string, string>();

  const keep = (key: string, markup: string): void => {
    known.delete(key);
    known.set(key, markup);
    for (const oldest of known.keys()) {
      if (known.size <= MOST_PARTS) break;
      known.delete(oldest);
    }
  };

  return () => {
    const asked: { key: string; markup: string | undefined }[] = [];
    return {
      placeOf: (key) => {
        const markup = known.get(key);
        asked.push({ key, markup });
        return { at: asked.length - 1, isKnown: markup !== undefined };
      },
      whole: (made) => {
        // Page, place, page, place, and so on; a part that was made stands between two of its own places.
        const pieces = made.split(MARK);
        let page = "";
        for (const [index, piece] of pieces.entries()) {
          const part = index % 2 === 1 ? asked[Number(piece)] : undefined;
          if (index % 2 === 0) page += piece;
          else if (part?.markup !== undefined) page += part.markup;
          else if (part !== undefined && pieces[index + 2] === piece) keep(part.key, pieces[index + 1] ?? "");
        }

        return page;
      },
    };
  };
}
