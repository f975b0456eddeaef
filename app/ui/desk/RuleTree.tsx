import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { type AnyRule, partsOf } from "~/domain/rules/rule";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton } from "../primitives/Button";
import type { Editing } from "./editing";
import { PartForm } from "./PartForm";
import { useRuleSay } from "./ruleSay";

type Props = Readonly<{ part: AnyRule; path?: readonly number[]; ofMember?: boolean; editing: Editing }>;

/**
 * A rule as an indented list of its parts, each with the steps that can be taken at its place. Works without
 * scripts.
 */
export function RuleEditorTree({ part, path = [], ofMember = false, editing }: Props) {
  const say = useRuleSay();
  const place = path.join(".");
  const isOpen = editing.at === place && editing.step !== undefined;
  const parts = partsOf(part);
  return (
    <div id={`part-${place || "all"}`} className="scroll-mt-4">
      <div className="rounded-md border-(length:--border) border-line bg-surface px-4 py-2">
        <div className="flex flex-wrap items-center justify-between gap-x-4">
          <p className={`min-w-0 flex-1 basis-48 py-1 ${"fact" in part ? "" : "font-semibold"}`}>
            {say.part(part)}
          </p>
          <Steps part={part} place={place} editing={editing} />
        </div>
        {isOpen ? <PartForm part={part} place={place} ofMember={ofMember} editing={editing} /> : null}
      </div>
      {parts.length > 0 ? (
        <ul className="mt-2 ml-1.5 grid gap-2 border-l-2 border-dotted border-line-strong pl-2 sm:ml-5 sm:pl-5 elder:ml-1 elder:pl-1.5">
          {parts.map((inner, index) => (
            <li key={index}>
              <RuleEditorTree
                part={inner}
                path={[...path, index]}
                ofMember={ofMember || "some" in part}
                editing={editing}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** What can be done with one part, folded away until it is wanted. */
function Steps({ part, place, editing }: { part: AnyRule; place: string; editing: Editing }) {
  const t = useT();
  const say = useRuleSay();
  const isGroup = "all" in part || "any" in part;
  const isSingle = !("some" in part) && partsOf(part).length === 1;
  const take = (intent: string, label: string, more: Readonly<Record<string, string>> = {}) => (
    <Step editing={editing} place={place} intent={intent} more={more}>
      {label}
    </Step>
  );
  return (
    <details className="min-w-0 open:basis-full">
      <summary className="min-h-tap gap-3 font-semibold text-brand">
        {t("ruleDesk.change")}
        <span className="sr-only"> {say.part(part)}</span>
      </summary>
      <div className="flex flex-wrap gap-2 pb-2">
        {"fact" in part ? (
          <Go editing={editing} place={place} step="change" fact={part.fact}>
            {t("ruleDesk.changePart")}
          </Go>
        ) : null}
        <Go editing={editing} place={place} step="add">
          {t(isGroup ? "ruleDesk.addInside" : "ruleDesk.addBeside")}
        </Go>
        {"all" in part ? take("regroup", t("ruleDesk.toAny"), { as: "any" }) : null}
        {"any" in part ? take("regroup", t("ruleDesk.toAll"), { as: "all" }) : null}
        {"all" in part ? null : take("wrap", t("ruleDesk.wrapAll"), { as: "all" })}
        {"any" in part ? null : take("wrap", t("ruleDesk.wrapAny"), { as: "any" })}
        {"not" in part ? null : take("wrap", t("ruleDesk.wrapNot"), { as: "not" })}
        {isSingle ? take("unwrap", t("ruleDesk.unwrap")) : null}
        {take("remove", t("ruleDesk.removePart"))}
      </div>
    </details>
  );
}

type At = Readonly<{ editing: Editing; place: string; children: ReactNode }>;

/** One step that needs no more to be said. */
const Step = ({
  editing,
  place,
  intent,
  more,
  children,
}: At & Readonly<{ intent: string; more: Readonly<Record<string, string>> }>) => (
  <Form method="post">
    {Object.entries({ intent, version: String(editing.version), path: place, ...more }).map(
      ([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ),
    )}
    <Button look="secondary">{children}</Button>
  </Form>
);

/** A step that needs a form: opens it at this place. */
function Go({
  editing,
  place,
  step,
  fact,
  children,
}: At & Readonly<{ step: "add" | "change"; fact?: string }>) {
  const at = paths(useLocale());
  return (
    <LinkButton
      look="secondary"
      preventScrollReset
      to={`${at.deskRule(editing.code, { at: place || "all", do: step, fact })}#part-${place || "all"}`}
    >
      {children}
    </LinkButton>
  );
}
