import type { ReactNode } from "react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { type Reply, TextField } from "~/ui/primitives/Field";
import { MomentField } from "~/ui/primitives/MomentField";

/** A count typed on a phone's number keys, large enough for a thumb; never a spinner that slips. */
export const NumberField = ({
  name,
  label,
  hint,
  reply,
  value,
  required = true,
}: {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  reply: Reply | undefined;
  value?: bigint | number | undefined;
  required?: boolean;
}) => (
  <TextField
    name={name}
    label={label}
    hint={hint}
    reply={reply}
    inputMode="numeric"
    maxLength={LENGTHS.number}
    autoComplete="off"
    defaultValue={value === undefined ? undefined : String(value)}
    required={required}
  />
);

/** When it happened in the world: now, unless it is written down later. */
export const HappenedField = ({
  label,
  now,
  reply,
}: {
  label: string;
  now: string;
  reply: Reply | undefined;
}) => <MomentField label={label} now={now} reply={reply} required />;
