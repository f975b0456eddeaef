import sharp from "sharp";

const MAX_BYTES = 10 * 1024 * 1024;
/** About what a phone of today takes at most; a small file that unfolds into more is an attack. */
const MAX_PIXELS = 52_000_000;
const MAX_SIDE = 1600;
const DEADLINE_SECONDS = 10;

const startsWith = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean =>
  signature.every((byte, index) => bytes[at + index] === byte);

/** The kind of picture by its first bytes; what its name or sender says of it counts for nothing. */
function kindOf(bytes: Uint8Array): "jpeg" | "png" | "webp" | undefined {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return "jpeg";
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (startsWith(bytes, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes, [0x57, 0x45, 0x42, 0x50], 8))
    return "webp";
  return undefined;
}

/**
 * A photo drawn anew as a JPEG of at most 1600 pixels a side, upright: place, time, device, thumbnails and
 * whatever else travelled inside or behind it are gone. Undefined for anything but a whole JPEG, PNG or WebP
 * of at most 10 MB and 52 megapixels.
 */
export async function cleanPhoto(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const kind = kindOf(bytes);
  if (kind === undefined || bytes.length > MAX_BYTES) return undefined;
  try {
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error", animated: false });
    const { format } = await picture.metadata();
    if (format !== kind) return undefined;
    return await picture
      .timeout({ seconds: DEADLINE_SECONDS })
      .rotate()
      .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: 80 })
      .toBuffer();
  } catch {
    // Broken, too large or too slow: to the sender it is all the same.
    return undefined;
  }
}
