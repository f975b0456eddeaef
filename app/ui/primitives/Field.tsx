import { createContext, type ReactNode, useContext, useId } from "react";
import type { MessageKey } from "~/i18n/messages";
import { useT } from "~/i18n/useT";
import { FieldErrors, FieldLabel, Hint, OptionalMark, Theirs } from "./FieldParts";

/**
 * What the server said of a form that it could not take: everything typed, and what is wrong with each field.
 */
export type Reply = Readonly<{
  values: Readonly<Record<string, string | readonly string[]>>;
  errors: Readonly<Record<string, readonly MessageKey[]>>;
  formErrors: readonly { message: MessageKey; params?: Readonly<Record<string, string | number>> }[];
  /** Present where somebody else saved the same thing since the form was opened. */
  meanwhile?: Meanwhile;
}>;

/**
 * The version that the thing has now, and for each field that differs what the other person saved; `taken`
 * where nothing was typed here and the field took it.
 */
export type Meanwhile = Readonly<{
  version: string;
  beside: Readonly<Record<string, Readonly<{ theirs: string | readonly string[]; taken: boolean }>>>;
}>;

type Common = Readonly<{
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  reply?: Reply | undefined;
  optional?: boolean;
}>;

/**
 * What the fields of a page that came back with errors are called. The list of errors at the top of a form is
 * written before the fields themselves: the server therefore writes such a page twice, and the second time
 * the list knows what the first one collected here.
 */
export const FieldLabels = createContext<Map<string, string> | undefined>(undefined);

/** Where the list of errors at the top of a form leads to: the field itself, by its name. */
export const errorTarget = (name: string): string => `field-${name}`;

/** The id of a field, what is wrong with it, and what names both to whoever does not see them. */
function useFieldIds(reply: Reply | undefined, name: string, hint: ReactNode, label: ReactNode) {
  const own = useId();
  const labels = useContext(FieldLabels);
  const errors = reply?.errors[name] ?? [];
  if (errors.length > 0 && typeof label === "string") labels?.set(name, label);
  const beside = reply?.meanwhile?.beside[name];
  const id = errors.length > 0 || beside ? errorTarget(name) : own;
  const describedBy = [
    hint ? `${id}-hint` : "",
    beside ? `${id}-theirs` : "",
    errors.length > 0 ? `${id}-error` : "",
  ]
    .filter(Boolean)
    .join(" ");
  return {
    id,
    errors,
    aria: { "aria-invalid": errors.length > 0 || undefined, "aria-describedby": describedBy || undefined },
  };
}

const oneValue = (reply: Reply | undefined, name: string): string | undefined => {
  const value = reply?.values[name];
  return typeof value === "string" ? value : value?.[0];
};

const wasFilled = (reply: Reply | undefined): reply is Reply =>
  reply !== undefined && Object.keys(reply.values).length > 0;

/** A whole row to touch, with its tick. */
export const TAP_ROW =
  "flex min-h-tap cursor-pointer items-center gap-3 rounded-md border-(length:--border) border-line-strong bg-surface px-4 py-2.5 hover:border-ink has-checked:border-brand has-checked:bg-brand-soft has-checked:shadow-[inset_0_0_0_1px_var(--c-brand)]";
export const TICK = "size-5 shrink-0 accent-brand elder:size-7";
/** A choice of few as a chip; the one that takes an answer back is quiet. */
const CHIP =
  "flex min-h-tap min-w-tap cursor-pointer items-center justify-center gap-2 rounded-md border-(length:--border) border-line-strong bg-surface px-3 py-1.5 hover:border-ink has-checked:border-brand has-checked:bg-brand-soft has-checked:shadow-[inset_0_0_0_1px_var(--c-brand)] has-[[value='']:checked]:border-line-strong has-[[value='']:checked]:bg-sunken has-[[value='']:checked]:shadow-none";
/** The same as one of a few short choices in a row. */
export const RADIO_PILL = `${TAP_ROW} min-w-tap justify-center`;
const COLUMNS = {
  1: "grid",
  2: "grid sm:grid-cols-2 elder:grid-cols-1",
  3: "grid sm:grid-cols-3 elder:grid-cols-1",
  chips: "flex flex-wrap",
} as const;

/** Whatever is typed freely has a limit, and the form shows it: the schema's own, of LENGTHS. */
type Limited =
  | Readonly<{ type?: "text" | "email" | "password" | "tel" | "search"; maxLength: number }>
  | Readonly<{ type: "date" | "datetime-local" | "file"; maxLength?: never }>;

type Look = Readonly<{
  rows?: number;
  defaultValue?: string | undefined;
  autoComplete?: string;
  inputMode?: "numeric" | "decimal" | "tel" | "text";
  required?: boolean;
  min?: string;
  max?: string;
  accept?: string;
  multiple?: boolean;
}>;

/** What a form that names its fields in one line each may still say of one that is typed freely. */
export type FieldLook = Look & Readonly<{ hint?: ReactNode; optional?: boolean; type?: "tel" }>;

/** One line (or with `rows`, several) of text: its label, hint, error, and what was typed kept. */
export function TextField({
  name,
  label,
  hint,
  reply,
  optional,
  type = "text",
  rows,
  defaultValue,
  ...input
}: Common & Limited & Look) {
  const { id, errors, aria } = useFieldIds(reply, name, hint, label);
  const value = type === "password" || type === "file" ? undefined : (oneValue(reply, name) ?? defaultValue);
  return (
    <div>
      <FieldLabel id={id} label={label} optional={optional} />
      <Hint id={id} hint={hint} />
      {rows ? (
        <textarea
          id={id}
          name={name}
          rows={rows}
          defaultValue={value}
          className="control mt-1.5"
          required={input.required}
          maxLength={input.maxLength}
          {...aria}
        />
      ) : (
        <input
          id={id}
          name={name}
          type={type}
          defaultValue={value}
          className="control mt-1.5"
          {...input}
          {...aria}
        />
      )}
      <Theirs id={id} reply={reply} name={name} />
      <FieldErrors id={id} errors={errors} />
    </div>
  );
}

type Option = Readonly<{ value: string; label: ReactNode; hint?: ReactNode }>;

/** A choice from a longer list. */
export function SelectField({
  name,
  label,
  hint,
  reply,
  optional,
  options,
  defaultValue,
  empty,
}: Common & {
  options: readonly Readonly<{ value: string; label: string }>[];
  defaultValue?: string | undefined;
  empty?: string;
}) {
  const t = useT();
  const { id, errors, aria } = useFieldIds(reply, name, hint, label);
  const value = oneValue(reply, name) ?? defaultValue;
  // What is stored and no longer offered stays what it is until somebody chooses something else.
  const isOffered = value === undefined || value === "" || options.some((option) => option.value === value);
  return (
    <div>
      <FieldLabel id={id} label={label} optional={optional} />
      <Hint id={id} hint={hint} />
      <select id={id} name={name} defaultValue={value} className="control mt-1.5" {...aria}>
        {isOffered ? null : <option value={value}>{t("common.asStored")}</option>}
        {empty === undefined ? null : <option value="">{empty === "" ? t("common.choose") : empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Theirs
        id={id}
        reply={reply}
        name={name}
        say={(value) => options.find((option) => option.value === value)?.label ?? value}
      />
      <FieldErrors id={id} errors={errors} />
    </div>
  );
}

/** A choice of few, or with `many` several: each choice a whole row to tap. */
export function ChoiceField({
  name,
  label,
  hint,
  reply,
  options,
  defaultValue,
  many = false,
  columns = 1,
  optional,
}: Common & {
  options: readonly Option[];
  defaultValue?: string | readonly string[];
  many?: boolean;
  columns?: keyof typeof COLUMNS;
}) {
  const { id, errors, aria } = useFieldIds(reply, name, hint, label);
  // In a form that came back, no value means that nothing was chosen; in a fresh one it means the default.
  const chosen = (wasFilled(reply) ? (reply.values[name] ?? []) : defaultValue) ?? [];
  const isChosen = (value: string) =>
    typeof chosen === "string" ? chosen === value : chosen.includes(value);
  const notOffered = many
    ? [chosen].flat().filter((value) => value !== "" && !options.some((option) => option.value === value))
    : [];
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      {...(many ? {} : { role: "radiogroup" })}
      aria-describedby={aria["aria-describedby"]}
      className="outline-none"
    >
      <legend className="font-semibold">
        {label}
        <OptionalMark optional={optional} />
      </legend>
      <Hint id={id} hint={hint} />
      {notOffered.map((value) => (
        <input key={value} type="hidden" name={name} value={value} />
      ))}
      <div className={`mt-2 gap-2 ${COLUMNS[columns]}`}>
        {options.map((option) => (
          <label key={option.value} className={columns === "chips" ? CHIP : TAP_ROW}>
            <input
              type={many ? "checkbox" : "radio"}
              name={name}
              value={option.value}
              defaultChecked={isChosen(option.value)}
              className={TICK}
            />
            <span>
              <span className="block">{option.label}</span>
              {option.hint ? <span className="block text-2 text-muted">{option.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
      <Theirs
        id={id}
        reply={reply}
        name={name}
        say={(value) => options.find((option) => option.value === value)?.label ?? value}
      />
      <FieldErrors id={id} errors={errors} />
    </fieldset>
  );
}

/** One statement to agree to. */
export function CheckField({
  name,
  label,
  hint,
  reply,
  defaultChecked = false,
}: Common & { defaultChecked?: boolean }) {
  const t = useT();
  const { id, errors, aria } = useFieldIds(reply, name, hint, label);
  return (
    <div>
      <label htmlFor={id} className={TAP_ROW}>
        <input
          id={id}
          type="checkbox"
          name={name}
          value="yes"
          defaultChecked={wasFilled(reply) ? oneValue(reply, name) === "yes" : defaultChecked}
          className={TICK}
          {...aria}
        />
        <span>{label}</span>
      </label>
      <Hint id={id} hint={hint} />
      <Theirs id={id} reply={reply} name={name} say={() => t("common.theirsTicked")} />
      <FieldErrors id={id} errors={errors} />
    </div>
  );
}
