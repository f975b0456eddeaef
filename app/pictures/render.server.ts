import sharp from "sharp";
import { makeQueue } from "~/domain/kernel/queue";
import { drawPicture } from "./draw.server";
import type { Picture, Shape } from "./picture";

const DEADLINE_SECONDS = 10;
/** Some two hundred pictures; what was asked for longest ago goes first. */
const MOST_BYTES = 12 * 1024 * 1024;
async function render(picture: Picture, shape: Shape): Promise<Uint8Array<ArrayBuffer>> {
  const svg = await drawPicture(picture, shape);
  const png = await sharp(Buffer.from(svg))
    .timeout({ seconds: DEADLINE_SECONDS })
    // Flat colours: half the bytes of a picture with all of them, and nobody sees which is which.
    .png({ palette: true, colours: 64, effort: 4 })
    .toBuffer();
  return new Uint8Array(png);
}

type Png = Uint8Array<ArrayBuffer>;

/**
 * Makes PNGs of pictures, one at a time, and the same once for all who ask for it meanwhile or later. A
 * picture is known by its tag: another one for anything that it shows otherwise.
 *
 * @throws {DomainError} TOO_BUSY where too many wait
 */
export function makeDarkroom(develop: (picture: Picture, shape: Shape) => Promise<Png>) {
  // Behind these nobody would get theirs in time. Pages are answered meanwhile.
  const inOrder = makeQueue({ atOnce: 1, waiting: 20 });
  const kept = new Map<string, Png>();
  const underWay = new Map<string, Promise<Png>>();
  let bytes = 0;

  const forget = (tag: string): void => {
    bytes -= kept.get(tag)?.length ?? 0;
    kept.delete(tag);
  };

  const keep = (tag: string, png: Png): Png => {
    forget(tag);
    kept.set(tag, png);
    bytes += png.length;
    for (const oldest of kept.keys()) {
      if (bytes <= MOST_BYTES) break;
      forget(oldest);
    }

    return png;
  };

  return async (tag: string, picture: Picture, shape: Shape): Promise<Png> => {
    const known = kept.get(tag);
    if (known) return keep(tag, known);
    const begun = underWay.get(tag) ?? inOrder(() => develop(picture, shape));
    underWay.set(tag, begun);
    try {
      return keep(tag, await begun);
    } finally {
      underWay.delete(tag);
    }
  };
}

/** The portal's own. */
export const pictureAsPng = makeDarkroom(render);
