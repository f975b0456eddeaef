import type { Reply } from "../primitives/Field";

/** Which form of a rule's editor is open, by the page's address: at which place, to do what, about which fact. */
export type Editing = Readonly<{
  code: string;
  /** That of the draft as the page shows it. */
  version: number;
  /** The moment at which the page was read. */
  today: Date;
  /** Undefined where no form is open; empty is the whole rule. */
  at: string | undefined;
  step: "add" | "change" | undefined;
  fact: string | undefined;
  reply: Reply | undefined;
}>;

/** Reads the address; what it does not say, or says wrongly, opens nothing. The whole rule is named `all`. */
export function editingOf(search: URLSearchParams): Pick<Editing, "at" | "step" | "fact"> {
  const typed = search.get("at") ?? "";
  const step = (["add", "change"] as const).find((word) => word === search.get("do"));
  const at = typed === "all" ? "" : /^\d{1,2}(\.\d{1,2})*$/.test(typed) ? typed : undefined;
  return { at, step: at === undefined ? undefined : step, fact: search.get("fact") ?? undefined };
}
