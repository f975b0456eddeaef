import type { ReactNode } from "react";
import type { FactName, NumberFact } from "~/domain/rules/facts";
import { noWordOf } from "~/domain/screening/visitQuestions";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { Tag } from "../primitives/Page";
import { FactFields } from "./FactFields";
import { isAnswered, isMarked, useVisit } from "./visit";

type Fact = Exclude<FactName, NumberFact>;
type Part = Readonly<{ id: string; facts: readonly Fact[]; mostlyNone?: true }>;

type FoldProps = Readonly<{
  row: string;
  title: string;
  isFirst?: boolean;
  parts: readonly Part[];
  /** The part that comes after it, by its id; the last has none. */
  next?: string | undefined;
  children?: ReactNode;
  /** After the questions. */
  end?: ReactNode;
}>;

export const foldId = (row: string): string => `part-${row.replaceAll(/\W+/g, "-")}`;

/**
 * One row of a visit (the home, or a person) folded under its name, which says what is still to ask of it.
 * Where scripts run, a tap leads on to the next; without them, all lie below each other.
 */
export function VisitFold({ row, title, isFirst = false, parts, next, children, end }: FoldProps) {
  const t = useT();
  const { kept, isOpen, readAgain } = useVisit();
  const left = parts
    .flatMap(({ facts }) => facts)
    .filter((fact) => isOpen(row, fact) && !isAnswered(kept, `${row}.${fact}`)).length;
  return (
    <details
      id={foldId(row)}
      open={isFirst || isMarked(kept, `${row}.`)}
      className="rounded-lg border-(length:--border) border-line bg-surface"
    >
      <summary className="flex min-h-tap cursor-pointer flex-wrap items-center gap-x-3 px-4 py-2 font-semibold">
        <span className="flex-1">{title}</span>
        <Tag tone={left === 0 ? "done" : "info"}>
          {left === 0 ? t("sheet.allAsked") : t("sheet.leftToAsk", { n: left })}
        </Tag>
      </summary>
      <div className="grid gap-6 px-4 pt-2 pb-4">
        {children}
        {parts.map((part) => (
          <PartFields key={part.id} row={row} part={part} />
        ))}
        {end}
        {readAgain && next !== undefined ? (
          <Button type="button" look="secondary" onClick={({ currentTarget }) => goOn(currentTarget, next)}>
            {t("sheet.next")}
          </Button>
        ) : null}
      </div>
    </details>
  );
}

/** Folds what is done, unfolds what comes next, and leads there whoever sees it or hears it. */
function goOn(from: HTMLElement, next: string): void {
  from.closest("details")?.removeAttribute("open");
  const to = document.getElementById(next);
  if (to instanceof HTMLDetailsElement) to.open = true;
  const head = to?.querySelector("summary") ?? to;
  head?.focus();
  head?.scrollIntoView({ block: "start" });
}

/** The questions of one part that can still change something, and those that have an answer. */
function PartFields({ row, part: { id, facts, mostlyNone } }: { row: string; part: Part }) {
  const t = useT();
  const { kept, isOpen, readAgain } = useVisit();
  const asked = facts.filter((fact) => {
    const name = `${row}.${fact}`;
    return isOpen(row, fact) || isAnswered(kept, name) || isMarked(kept, name);
  });
  const open = asked.filter((fact) => noWordOf(fact) !== undefined && !isAnswered(kept, `${row}.${fact}`));
  if (asked.length === 0) return null;
  return (
    <div className="grid gap-4" data-part={id}>
      <FactFields facts={asked} row={row} reply={kept} />
      {readAgain && mostlyNone && open.length > 1 ? (
        <div>
          <Button
            type="button"
            look="quiet"
            icon="check"
            onClick={({ currentTarget: { form } }) => {
              if (!form) return;
              for (const fact of open) sayNo(form, `${row}.${fact}`, noWordOf(fact));
              readAgain(form);
            }}
          >
            {t("sheet.restNone", { n: open.length })}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function sayNo(form: HTMLFormElement, name: string, word: string | undefined): void {
  for (const field of form.querySelectorAll<HTMLInputElement>(`input[type="radio"][name="${name}"]`))
    if (field.value === word) field.checked = true;
}
