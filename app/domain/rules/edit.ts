import { type AnyRule, partsOf, type Rule } from "./rule";
import { isTooBig, RuleShape } from "./ruleShape";

/**
 * Where a part of a rule stands: which of its parts, and which of that one's, from the whole rule down. Empty
 * is the whole.
 */
export type Path = readonly number[];

/**
 * Why a step is not taken: the part is gone, nothing would be left, it does not fit there, or the rule would
 * grow too big.
 */
export type EditRefusal = "gone" | "last" | "misfit" | "too_big";

/** A rule that its shape accepts, or why there is none. */
export type Edited = Readonly<{ rule: Rule } | { refused: EditRefusal }>;

export type Group = "all" | "any";

const grouped = (as: Group, parts: readonly AnyRule[]): AnyRule =>
  as === "all" ? { all: parts } : { any: parts };

/** The part that stands there, and whether it speaks of one person. */
export function partAt(
  rule: AnyRule,
  path: Path,
  ofMember = false,
): Readonly<{ part: AnyRule; ofMember: boolean }> | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return { part: rule, ofMember };
  const inner = partsOf(rule)[first];
  return inner && partAt(inner, rest, ofMember || "some" in rule);
}

/**
 * Puts a part in after the one at `path`; into it, where that is a group; else both become one group, of
 * which all must hold.
 */
export function addPart(rule: Rule, path: Path, part: AnyRule): Edited {
  const target = partAt(rule, path)?.part;
  if (!target) return { refused: "gone" };
  if (isGroup(target)) return withPart(rule, path, withParts(target, [...partsOf(target), part]));
  const above = partAt(rule, path.slice(0, -1))?.part;
  const at = path.at(-1);
  if (!above || at === undefined || !isGroup(above))
    return withPart(rule, path, grouped("all", [target, part]));
  return withPart(rule, path.slice(0, -1), withParts(above, partsOf(above).toSpliced(at + 1, 0, part)));
}

/** Puts another part in the place of one. */
export const replacePart = (rule: Rule, path: Path, part: AnyRule): Edited => withPart(rule, path, part);

/** Takes a part out; what would be left empty by that goes too. */
export const removePart = (rule: Rule, path: Path): Edited => withPart(rule, path, undefined);

/** Puts a part into a group of its own, or negates it. */
export function wrapPart(rule: Rule, path: Path, as: Group | "not"): Edited {
  const target = partAt(rule, path)?.part;
  if (!target) return { refused: "gone" };
  return withPart(rule, path, as === "not" ? { not: target } : grouped(as, [target]));
}

/** Takes away what stands around a single part: a "not", or a group of one. */
export function unwrapPart(rule: Rule, path: Path): Edited {
  const target = partAt(rule, path)?.part;
  if (!target) return { refused: "gone" };
  const [only, ...others] = partsOf(target);
  return only && others.length === 0 ? withPart(rule, path, only) : { refused: "misfit" };
}

/** Makes a group ask for all of its parts, or for any of them. */
export function regroupPart(rule: Rule, path: Path, as: Group): Edited {
  const target = partAt(rule, path)?.part;
  if (!target) return { refused: "gone" };
  return isGroup(target) ? withPart(rule, path, grouped(as, partsOf(target))) : { refused: "misfit" };
}

const isGroup = (part: AnyRule): boolean => "all" in part || "any" in part;

/** The same kind of part around other parts; undefined when none is left. */
function withParts(part: AnyRule, parts: readonly AnyRule[]): AnyRule | undefined {
  const [only] = parts;
  if (!only) return undefined;
  if ("not" in part) return { not: only };
  if ("some" in part) return { some: only };
  return grouped("all" in part ? "all" : "any", parts);
}

/** The rule with another part in that place, or without it; only what the shape accepts is given out. */
function withPart(rule: Rule, path: Path, part: AnyRule | undefined): Edited {
  if (!partAt(rule, path)) return { refused: "gone" };
  const whole = rebuilt(rule, path, part);
  if (whole === undefined) return { refused: "last" };
  if (isTooBig(whole)) return { refused: "too_big" };
  const read = RuleShape.safeParse(whole);
  return read.success ? { rule: read.data } : { refused: "misfit" };
}

function rebuilt(rule: AnyRule, path: Path, part: AnyRule | undefined): AnyRule | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return part;
  const parts = partsOf(rule).flatMap((inner, index) =>
    index === first ? (rebuilt(inner, rest, part) ?? []) : [inner],
  );
  return withParts(rule, parts);
}
