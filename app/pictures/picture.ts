import type { QrDrawing } from "~/http/qr.server";
import type { UnitsByPlace } from "~/ui/primitives/unitWords";

/** The two shapes in which a picture is made, as phones show and send them. */
export const SHAPES = {
  portrait: { width: 900, height: 1_200 },
  square: { width: 1_080, height: 1_080 },
} as const;
export type Shape = keyof typeof SHAPES;

/** A number that matters, and in a word or two what is counted. */
export type Figure = Readonly<{ value: string; label: string }>;

/**
 * What a picture shows, in the words of whoever gets it. All of it is public, or its keeper's own: nobody can
 * be recognised by it.
 */
export type Picture = Readonly<{
  house: string;
  city: string;
  /** What it is, above its title. */
  label: string;
  title: string;
  place?: string | undefined;
  /** The drawing of a kind of thing; the mark where there is none. */
  drawing?: string | undefined;
  units?: Readonly<{ dots: UnitsByPlace; words: Readonly<Record<keyof UnitsByPlace, string>> }> | undefined;
  figures?: readonly Figure[] | undefined;
  /** Beside the code to scan: what there is to see, where, and of which day the picture is. */
  invitation: string;
  address: string;
  asOf: string;
  qr: QrDrawing;
}>;
