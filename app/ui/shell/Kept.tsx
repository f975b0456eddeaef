import { createContext, type ReactNode, useContext } from "react";

/** Where a part of the frame stands in the page that is being made, and whether its markup is known. */
type Place = Readonly<{ at: number; isKnown: boolean }>;

/** Asked for each part of the frame, by its name and all that it shows. None where React makes every part. */
export const KeptContext = createContext<((key: string) => Place) | undefined>(undefined);

/**
 * A part of the frame that many pages have in common: on a still page its markup is made once, and given
 * again to whoever is shown the same.
 *
 * @param by all that it shows and that is not the same on every page: what is not named here must not be read
 *   in it
 */
export function Kept({
  name,
  by,
  children,
}: Readonly<{ name: string; by: readonly unknown[]; children: ReactNode }>) {
  const placeOf = useContext(KeptContext);
  if (placeOf === undefined) return <>{children}</>;
  const { at, isKnown } = placeOf(`${name} ${JSON.stringify(by)}`);
  const mark = <template data-kept={at} />;
  return isKnown ? (
    mark
  ) : (
    <>
      {mark}
      {children}
      {mark}
    </>
  );
}
