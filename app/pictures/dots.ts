import { PLACES, type UnitsByPlace } from "~/ui/primitives/unitWords";
import { INK } from "./pen";

type Place = keyof UnitsByPlace;
/** More than these nobody counts with their eyes: then they are shares of a bar, as on a page. */
const MOST_DOTS = 40;

/** One unit, in the shape and colour that it has on every page. */
export function dot(place: Place, x: number, y: number, size: number): string {
  const [r, edge] = [size / 2, size / 10];
  const [cx, cy] = [x + r, y + r];
  const ring = (colour: string, more = "") =>
    `<circle cx="${cx}" cy="${cy}" r="${r - edge / 2}" fill="none" stroke="${colour}" stroke-width="${edge}" ${more}/>`;
  if (place === "waiting")
    return ring(INK.waiting, `stroke-linecap="round" stroke-dasharray="0.01 ${(edge * 1.9).toFixed(2)}"`);
  if (place === "promised") {
    const half = r - edge / 2;
    return `${ring(INK.brand)}<path fill="${INK.brand}" d="M${cx - half} ${cy}a${half} ${half} 0 0 0 ${2 * half} 0z"/>`;
  }

  if (place === "atPoint")
    return `<rect x="${x + edge / 2}" y="${y + edge / 2}" width="${size - edge}" height="${size - edge}" rx="${size / 5}" fill="none" stroke="${INK.sky}" stroke-width="${edge}"/>
<rect x="${x + size * 0.28}" y="${y + size * 0.28}" width="${size * 0.44}" height="${size * 0.44}" rx="${size / 12}" fill="${INK.sky}"/>`;
  return `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${INK.jade}"/>
<path fill="none" stroke="${INK.surface}" stroke-width="${size / 9}" stroke-linecap="round" stroke-linejoin="round" d="M${x + size * 0.28} ${y + size * 0.52}l${size * 0.16} ${size * 0.16} ${size * 0.29} -${size * 0.33}"/>`;
}

/** A share of a bar, with the pattern of its place: full, framed twice, half, dotted. */
function share(place: Place, x: number, y: number, width: number, height: number): string {
  const box = (fill: string, stroke: string, more = "") =>
    `<rect x="${(x + 2).toFixed(1)}" y="${y + 2}" width="${(width - 4).toFixed(1)}" height="${height - 4}" rx="8" fill="${fill}" stroke="${stroke}" stroke-width="4" ${more}/>`;
  if (place === "waiting")
    return box("none", INK.waiting, 'stroke-linecap="round" stroke-dasharray="0.01 8"');
  if (place === "promised")
    return `${box("none", INK.brand)}<rect x="${(x + 2).toFixed(1)}" y="${y + height / 2}" width="${(width - 4).toFixed(1)}" height="${height / 2 - 2}" rx="6" fill="${INK.brand}"/>`;
  if (place === "atPoint") return box(INK.sky, INK.sky);
  return box(INK.jade, INK.jade);
}

const placesOf = (units: UnitsByPlace): Place[] => PLACES.filter((place) => units[place] > 0);

/** Every unit as a dot, or their shares of a bar; how high it all is, for what stands below. */
export function drawUnits(
  units: UnitsByPlace,
  { x, y, width }: Readonly<{ x: number; y: number; width: number }>,
): Readonly<{ svg: string; height: number }> {
  const total = PLACES.reduce((sum, place) => sum + units[place], 0);
  if (total === 0) return { svg: "", height: 0 };
  if (total > MOST_DOTS) {
    const [height, least, gap] = [36, 16, 6];
    const shown = placesOf(units);
    const room = width - gap * (shown.length - 1) - least * shown.length;
    let at = x;
    const parts = shown.map((place) => {
      const long = least + (room * units[place]) / total;
      const part = share(place, at, y, long, height);
      at += long + gap;
      return part;
    });
    return { svg: parts.join(""), height };
  }

  const size = total <= 16 ? 36 : 28;
  const step = size * 1.3;
  const perRow = Math.floor((width + step - size) / step);
  const dots = PLACES.flatMap((place) => Array.from({ length: units[place] }, () => place)).map(
    (place, index) => dot(place, x + (index % perRow) * step, y + Math.floor(index / perRow) * step, size),
  );
  return { svg: dots.join(""), height: (Math.ceil(total / perRow) - 1) * step + size };
}
