import { createHash } from "node:crypto";
import type { TypedResponse } from "@remix-run/node";
import { DomainError, ERROR_CATALOGUE } from "~/domain/kernel/errors";
import { FILLED_WITH, type Opened } from "~/domain/kernel/opened";
import type { Filled } from "~/ui/primitives/EditForm";
import type { Meanwhile, Reply } from "~/ui/primitives/Field";
import type { GivenBack } from "~/ui/primitives/givenBack";
import { giveFormBack, type ShownPage, type TypedValues } from "./pageForm.server";

type Value = string | readonly string[];

/**
 * What stands in the database for an edit form: every field of it by name, empty ones too, and the versions
 * they were read at.
 */
export type Stored = Readonly<{ values: TypedValues; opened: Opened }>;

/** For the loader of a page with an edit form. */
export const filled = ({ values, opened }: Stored): Filled => ({
  values,
  version: `${opened}${FILLED_WITH}${marksOf(values)}`,
});

/** What a form carries along that says nothing of the thing itself. */
const CARRIED = new Set(["version", "requestKey", "intent", "form"]);

type Case<Input> = Readonly<{ save: (input: Input) => Promise<unknown>; stored: () => Promise<Stored> }>;

/**
 * Saves an edit form. One that says what is stored already saves nothing at all; of two people at once see
 * `orBoth`. The use case reads `version` under its lock.
 *
 * @param save the use case; its input has the version that the form was opened with
 * @param stored reads the form's values anew
 */
export async function saveEdit<Input extends Readonly<{ version: Opened }>>(
  typed: TypedValues,
  input: Input,
  { save, stored }: Case<Input>,
  done: () => TypedResponse<never>,
): Promise<TypedResponse<never> | ShownPage<GivenBack>> {
  if (isUntouched(typed, (await stored()).values)) return done();
  return orBoth(typed, input, { save, stored }, done);
}

/**
 * Saves. When somebody else saved the same thing since the form was opened, nothing is written, and the form
 * comes back with both: fields that were not touched here take what the other saved, the others keep what was
 * typed, with the other's beside them. It then carries the new version, so that sending it again is done
 * knowingly.
 */
export async function orBoth<Input extends Readonly<{ version: Opened | number }>>(
  typed: TypedValues,
  input: Input,
  { save, stored }: Case<Input>,
  done: () => TypedResponse<never>,
): Promise<TypedResponse<never> | ShownPage<GivenBack>> {
  try {
    await save(input);
    return done();
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "CHANGED_MEANWHILE")) throw error;
    return giveFormBack(bothOf(typed, await stored()), ERROR_CATALOGUE.CHANGED_MEANWHILE.status);
  }
}

function isUntouched(typed: TypedValues, stored: TypedValues): boolean {
  const names = new Set([...Object.keys(typed), ...Object.keys(stored)]);
  return [...names].every(
    (name) => CARRIED.has(name) || plain(typed[name] ?? "") === plain(stored[name] ?? ""),
  );
}

function bothOf(typed: TypedValues, now: Stored): Reply {
  const marks = new Set((String(typed["version"] ?? "").split(FILLED_WITH)[1] ?? "").match(/.{6}/g));
  const beside: Record<string, Meanwhile["beside"][string]> = {};
  const values: Record<string, Value> = { ...typed };
  for (const [name, theirs] of Object.entries(now.values)) {
    const mine = typed[name] ?? "";
    if (plain(mine) === plain(theirs)) continue;
    const untouched = marks.has(markOf(name, mine));
    if (untouched) values[name] = theirs;
    beside[name] = { theirs, taken: untouched };
  }

  const { version } = filled(now);
  return {
    values: { ...values, version },
    errors: {},
    formErrors: [{ message: "errors.savedMeanwhile" }],
    meanwhile: { version, beside },
  };
}

/**
 * A value as it counts: of a text without what browsers change on the way, of several ticks without their
 * order.
 */
const plain = (value: Value): string =>
  [value]
    .flat()
    .map((one) => one.replace(/\r\n?/g, "\n").trim())
    .toSorted()
    .join("\u0001");

/**
 * Six characters for a field and what it was filled with: tells whether it was touched, without sending
 * everything twice.
 */
const markOf = (name: string, value: Value): string =>
  createHash("sha256")
    .update(`${name}\u0002${plain(value)}`)
    .digest("base64url")
    .slice(0, 6);

const marksOf = (values: TypedValues): string =>
  Object.entries(values)
    .map(([name, value]) => markOf(name, value))
    .join("");
