import { folded } from "~/domain/kernel/typed/signs";
import type { Span } from "~/domain/rules/facts";

/**
 * A span as a field shows it: "65", "60-79", "80-" for 80 and more, "-17" for up to 17; empty where nothing
 * is known.
 */
export function spanText(span: Span | null, say: (bound: number) => string = String): string {
  if (span === null || (span.min === null && span.max === null)) return "";
  if (span.min === span.max && span.min !== null) return say(span.min);
  return `${span.min === null ? "" : say(span.min)}-${span.max === null ? "" : say(span.max)}`;
}

/**
 * Reads what `spanText` shows, and the same as people write it ("60～79", "60 到 79"); each bound by `read`.
 * Undefined when it is neither.
 */
export function spanFrom(typed: string, read: (bound: string) => number | undefined): Span | undefined {
  const [from = "", to, ...rest] = folded(typed).split(/[-–—−~〜至到]/u);
  if (rest.length > 0) return undefined;
  const min = bound(from, read);
  const max = to === undefined ? min : bound(to, read);
  if (
    min === undefined ||
    max === undefined ||
    (min === null && max === null) ||
    (min !== null && max !== null && max < min)
  )
    return undefined;
  return { min, max };
}

const bound = (typed: string, read: (bound: string) => number | undefined): number | null | undefined =>
  typed.trim() === "" ? null : read(typed.trim());
