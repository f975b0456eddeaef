import { useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { type Reply, TextField } from "./Field";

/**
 * When something happened: now, unless it is written down later. From the earliest moment that may still be
 * told to the end of today: a page that was opened an hour ago takes this hour too, and the server says in
 * words what has not been yet.
 */
export function MomentField({
  name = "occurredAt",
  label,
  now,
  reply,
  value = now,
  optional = false,
  required = false,
  writtenBefore = false,
}: {
  name?: string;
  label: ReactNode;
  /** The minute in which the page was made, `YYYY-MM-DDTHH:mm` in Asia/Shanghai. */
  now: string;
  reply?: Reply | undefined;
  value?: string;
  optional?: boolean;
  required?: boolean;
  /**
   * Where an entry was written down before now: how far back it may tell counts from then, and the server
   * says so.
   */
  writtenBefore?: boolean;
}) {
  const root = useRouteLoaderData<{ earliestTold?: string }>("root");
  const earliest = root?.earliestTold;
  return (
    <TextField
      name={name}
      type="datetime-local"
      label={label}
      defaultValue={value}
      {...(earliest === undefined || writtenBefore ? {} : { min: earliest })}
      max={`${now.slice(0, 10)}T23:59`}
      optional={optional}
      reply={reply}
      {...(required ? { required } : {})}
    />
  );
}
