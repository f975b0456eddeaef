import { parseWithZod } from "@conform-to/zod/v4";
import type { z } from "zod";
import { type DomainError, ERROR_CATALOGUE } from "~/domain/kernel/errors";
import { visible } from "~/domain/kernel/typed/signs";
import type { MessageKey } from "~/i18n/messages";
import type { Reply } from "~/ui/primitives/Field";
import { inOrderOf } from "./fieldOrder.server";

type Values = Reply["values"];

export type Form<Value> = Readonly<{ ok: true; value: Value } | { ok: false; reply: Reply }>;

/**
 * Never sent back to the page, never carried along while somebody signs in, and never changed: a password is
 * the very signs that were chosen for it, whatever they are; what a passkey answered counts once.
 */
export const SECRET_FIELDS: ReadonlySet<string> = new Set([
  "password",
  "newPassword",
  "stepCode",
  "entryCode",
  "passkey",
]);

/**
 * A form as it was meant, before any schema sees it: in every text of it, but for secrets, invisible signs
 * are away and a line break is one sign (see `visible`), and a field of blanks is an empty one. Files are
 * left alone.
 */
export function typedForm(sent: FormData): FormData {
  const meant = new FormData();
  for (const [name, value] of sent) {
    if (typeof value !== "string") meant.append(name, value);
    else if (SECRET_FIELDS.has(name)) meant.append(name, value);
    else meant.append(name, blankAsEmpty(visible(value)));
  }

  return meant;
}

const blankAsEmpty = (text: string): string => (text.trim() === "" ? "" : text);

/**
 * Reads a form by its zod schema (whose messages are message keys). On errors it answers with everything that
 * was typed, so that nobody types twice, and one list of errors for each field, in their order on the page.
 */
export function readForm<S extends z.ZodType>(form: FormData, schema: S): Form<z.output<S>> {
  const values = typedValues(form);
  const submission = parseWithZod(form, { schema });
  if (submission.status === "success") return { ok: true, value: submission.value };
  const errors = Object.fromEntries(
    Object.entries(submission.error ?? {}).map(([field, messages]) => [
      field,
      (messages ?? []).map(asMessageKey),
    ]),
  );
  const { "": whole = [], ...fields } = errors;
  return {
    ok: false,
    reply: {
      values,
      errors: inOrderOf(schema, fields),
      formErrors: whole.map((message) => ({ message })),
    },
  };
}

/**
 * Puts an expected refusal into the form it came from: beside its field where it is about one that was filled
 * in, else above the form.
 */
export function refusal(values: Values, error: DomainError): Reply {
  const { message } = ERROR_CATALOGUE[error.code];
  if (error.field !== undefined && Object.hasOwn(values, error.field))
    return { values, errors: { [error.field]: [message] }, formErrors: [] };
  return { values, errors: {}, formErrors: [{ message, params: error.params }] };
}

/** Everything typed into a form but its secrets and files, to show it again. */
export function typedValues(form: FormData): Values {
  const typed = new Map<string, string[]>();
  for (const [name, value] of form) {
    if (SECRET_FIELDS.has(name)) continue;
    const all = typed.get(name) ?? [];
    typed.set(name, all);
    if (typeof value === "string") all.push(value);
  }

  return Object.fromEntries([...typed].map(([name, all]) => [name, all.length === 1 ? (all[0] ?? "") : all]));
}

/** zod's own English sentences stand for "please check this"; ours are keys already. */
const asMessageKey = (message: string): MessageKey =>
  /^[a-z][A-Za-z]*\.\w+$/.test(message) ? (message as MessageKey) : "common.pleaseCheck";
