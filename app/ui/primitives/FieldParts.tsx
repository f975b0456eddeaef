import type { ReactNode } from "react";
import type { MessageKey } from "~/i18n/messages";
import { useT } from "~/i18n/useT";
import { Icon } from "../icons/Icon";
import type { Reply } from "./Field";

/** Below a field: what is wrong with it. */
export function FieldErrors({ id, errors }: { id: string; errors: readonly MessageKey[] }) {
  const t = useT();
  if (errors.length === 0) return null;
  return (
    <p id={`${id}-error`} className="mt-1.5 flex gap-1.5 text-2 font-semibold text-danger">
      <Icon name="warning" className="mt-[0.15em] size-[1.3em]" />
      <span>{errors.map((error) => t(error)).join(" ")}</span>
    </p>
  );
}

/** Beside a field that somebody else changed meanwhile: what they saved. */
export function Theirs({
  id,
  reply,
  name,
  say = (value) => value,
}: {
  id: string;
  reply: Reply | undefined;
  name: string;
  say?: (value: string) => ReactNode;
}) {
  const t = useT();
  const beside = reply?.meanwhile?.beside[name];
  if (!beside) return null;
  const values = [beside.theirs].flat().filter((value) => value !== "");
  return (
    <div
      id={`${id}-theirs`}
      className="mt-1.5 rounded-md border-l-4 border-brand bg-brand-soft px-3 py-2 text-2"
    >
      <p className="font-semibold">{t(beside.taken ? "common.theirsTaken" : "common.theirs")}</p>
      {values.length === 0 ? <p>{t("common.theirsEmpty")}</p> : null}
      {values.map((value) => (
        <p key={value} className="break-words whitespace-pre-line">
          {say(value)}
        </p>
      ))}
    </div>
  );
}

/** Said beside the label of what may be left empty. */
export function OptionalMark({ optional }: { optional: boolean | undefined }) {
  const t = useT();
  return optional ? <span className="ml-2 text-2 font-normal text-muted">{t("common.optional")}</span> : null;
}

/** The label of a field that is typed into or chosen from. */
export function FieldLabel({
  id,
  label,
  optional,
}: {
  id: string;
  label: ReactNode;
  optional: boolean | undefined;
}) {
  return (
    <label htmlFor={id} className="block font-semibold">
      {label}
      <OptionalMark optional={optional} />
    </label>
  );
}

/** Between label and field: what it is asked for, or how it is written. */
export const Hint = ({ id, hint }: { id: string; hint: ReactNode }) =>
  hint ? (
    <p id={`${id}-hint`} className="text-2 text-muted">
      {hint}
    </p>
  ) : null;
