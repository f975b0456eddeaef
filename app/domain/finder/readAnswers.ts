import { yuanText } from "~/domain/kernel/money";
import { readYears } from "~/domain/kernel/typed/readNumber";
import { readYuan } from "~/domain/kernel/typed/readYuan";
import { type MessageKey, say } from "~/i18n/messages";
import { type Answers, countOf, COUNTS, type Field, fieldOf, NONE, OTHERS } from "./questions";

/**
 * Two answers that cannot both be true, and which of them was taken: the option that was left out, and of
 * which field.
 */
export type Contradiction = Readonly<{ field: string; dropped: string }>;

/**
 * What a form said: what was understood, what could not be read, and which of two answers was dropped that
 * exclude each other.
 */
export type ReadAnswers = Readonly<{
  answers: Answers;
  unread: Readonly<Record<string, readonly MessageKey[]>>;
  contradictions: readonly Contradiction[];
}>;

const COUNT_NAMES = new Set(Object.keys(OTHERS).map(countOf));
const TYPED: Readonly<Record<string, { read: (typed: string) => string | undefined; unread: MessageKey }>> = {
  years: { read: (typed) => readYears(typed)?.toString(), unread: say("finder.ageWrong") },
  yuan: { read: amountText, unread: say("finder.yuanWrong") },
};

/**
 * Reads the finder's answers from outside: only the fields and words that the questions have; a number as
 * people write it (６５, 65 岁, 3,200 元) as plain figures. Of a field of one choice the last counts; an
 * empty field was not answered.
 */
export function readAnswerForm(typed: Iterable<readonly [string, unknown]>): ReadAnswers {
  const said: Record<string, string[]> = {};
  const unread: Record<string, readonly MessageKey[]> = {};

  for (const [name, value] of typed) {
    if (typeof value !== "string") continue;
    const field = fieldOf(name);
    const shape = field && TYPED[field.kind];
    if (shape) readTyped(name, value, shape, said, unread);
    else if (field?.options.includes(value))
      said[name] = [...new Set([...(isMany(field) ? (said[name] ?? []) : []), value])];
    else if (COUNT_NAMES.has(name) && COUNTS.some((count) => count === value)) said[name] = [value];
  }

  return { ...withoutContradictions(withoutStrayCounts(said)), unread };
}

/**
 * The same where nobody waits to be told: what was kept by the browser, sealed, or sent back by our own page.
 */
export const readAnswers = (typed: Iterable<readonly [string, unknown]>): Answers =>
  readAnswerForm(typed).answers;

/** The same of answers that were kept as an object. */
export function answersFrom(kept: unknown): Answers {
  if (typeof kept !== "object" || kept === null) return {};
  return readAnswers(
    Object.entries(kept).flatMap(([name, values]: [string, unknown]) =>
      (Array.isArray(values) ? values : [values]).map((value: unknown) => [name, value] as const),
    ),
  );
}

/** An amount in yuan in plain figures: `3200`, `3200.50`. */
function amountText(typed: string): string | undefined {
  const amountFen = readYuan(typed);
  return amountFen === undefined ? undefined : yuanText(amountFen).replace(/\.00$/, "");
}

const isMany = ({ kind }: Field): boolean => kind === "many" || kind === "people";

function readTyped(
  name: string,
  typed: string,
  { read, unread: message }: { read: (typed: string) => string | undefined; unread: MessageKey },
  said: Record<string, string[]>,
  unread: Record<string, readonly MessageKey[]>,
): void {
  if (typed.trim() === "") return;
  const value = read(typed);
  if (value === undefined) unread[name] = [message];
  else said[name] = [value];
}

/** A number beside a tick that was taken back counts nobody. */
function withoutStrayCounts(said: Readonly<Record<string, string[]>>): Record<string, string[]> {
  const ticked = new Set((said["others"] ?? []).map(countOf));
  return Object.fromEntries(
    Object.entries(said).filter(([name]) => !COUNT_NAMES.has(name) || ticked.has(name)),
  );
}

/** What excludes what: the more particular answer counts, and what was left out is said. */
function withoutContradictions(
  said: Record<string, string[]>,
): Pick<ReadAnswers, "answers" | "contradictions"> {
  const contradictions: Contradiction[] = [];
  let answers = said;

  const drop = (field: string, dropped: string) => {
    const { [field]: options = [], ...others } = answers;
    const left = options.filter((option) => option !== dropped);
    answers = left.length > 0 ? { ...answers, [field]: left } : others;
    contradictions.push({ field, dropped });
  };

  for (const [name, options] of Object.entries(said))
    if (options.length > 1 && options.includes(NONE)) drop(name, NONE);
  const has = (field: string, option: string) => answers[field]?.includes(option) ?? false;
  if (has("disabilityKind", NONE) && answers["disabilityGrade"] && !has("disabilityGrade", NONE))
    drop("disabilityKind", NONE);
  if (has("work", "working") && has("events", "noneEmployed")) drop("events", "noneEmployed");
  if (has("others", NONE) && has("events", "singleParent")) drop("events", "singleParent");
  return { answers, contradictions };
}
