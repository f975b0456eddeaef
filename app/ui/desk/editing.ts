import type { PartSubject } from "~/domain/lists/desk/ruleEditing";
import type { Reply } from "../primitives/Field";

/**
 * Which form of a rule's editor is open, by the page's address: at which place, to do what, about which fact.
 */
export type Editing = Readonly<{
  code: string;
  /** That of the draft as the page shows it. */
  version: number;
  /** The moment at which the page was read. */
  today: Date;
  /** Undefined where no form is open; empty is the whole rule. */
  at: string | undefined;
  step: "add" | "change" | undefined;
  fact: PartSubject | undefined;
  reply: Reply | undefined;
}>;
