import { createContext, type ReactNode, useContext } from "react";

/** A part of a page: what it is of, and all that it shows besides. */
export type Part = Readonly<{ name: string; shown: unknown }>;
/** Where a part stands in the page that is being made, and whether its markup is known. */
type Place = Readonly<{ at: number; isKnown: boolean }>;

/** Asked for each part; nothing for one that is not to be kept. None where React makes every part. */
export const KeptContext = createContext<((part: Part) => Place | undefined) | undefined>(undefined);

/**
 * A part that many pages have in common: on a still page its markup is made once, and given again to whoever
 * is shown the same.
 *
 * @param of what it is of: one markup is known for each
 * @param shown all that it shows besides: where anything of it has changed, the part is made anew. What
 *   neither names, and is not the same on every page, must not be read in it
 */
export function Kept({
  of,
  shown,
  children,
}: Readonly<{ of: readonly unknown[]; shown?: unknown; children: ReactNode }>) {
  const place = useContext(KeptContext)?.({ name: JSON.stringify(of), shown });
  if (place === undefined) return <>{children}</>;
  return <template data-kept={place.at}>{place.isKnown ? null : children}</template>;
}
