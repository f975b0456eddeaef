import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Reply } from "./Field";
import { FormErrors } from "./FormParts";

/** What was stored when the form was opened, and the hidden field that says so: see http/edit. */
export type Filled = Readonly<{ values: Reply["values"]; version: string }>;

type Props = Readonly<{
  filled: Filled;
  reply: Reply | undefined;
  className?: string;
  /** Its fields, which show what is kept: typed, or else stored. */
  children: (kept: Reply) => ReactNode;
}>;

/**
 * The one form for changing what is stored: filled with it, and carrying the version that it was opened with,
 * so that nobody's words are written over unseen. One that came back keeps its own version, except after a
 * conflict, when it shows both and has the new one.
 */
export function EditForm({ filled, reply, className, children }: Props) {
  const kept: Reply = reply ?? { values: filled.values, errors: {}, formErrors: [] };
  const typed = reply?.values["version"];
  const version = typeof typed === "string" ? typed : filled.version;
  return (
    // Fields that are not React's own follow new values only when they are made anew.
    <Form key={reply?.meanwhile?.version ?? filled.version} method="post" className={className}>
      <FormErrors reply={reply} />
      <input type="hidden" name="version" value={version} />
      {children(kept)}
    </Form>
  );
}
