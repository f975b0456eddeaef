import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { type AmountChoice, amountChoices, choiceOfAmount } from "~/domain/lists/desk/amountChoice";
import { type FactName, FACTS, HOUSEHOLD_FACT_NAMES, MEMBER_FACT_NAMES, unitOf } from "~/domain/rules/facts";
import { isChoice, isYesNo } from "~/domain/rules/kindOf";
import { type AnyRule, ASK, COMPARISONS, type Leaf } from "~/domain/rules/rule";
import { wordKey } from "~/domain/rules/ruleWords";
import type { Translate } from "~/i18n/translate";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton } from "../primitives/Button";
import { ChoiceField, type Reply, SelectField, TextField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import type { Editing } from "./editing";

type Props = Readonly<{ part?: AnyRule; place: string; ofMember: boolean; editing: Editing }>;

/** One comparison, written in two steps: what it is about, then how it compares. */
export function PartForm({ part, place, ofMember, editing }: Props) {
  const t = useT();
  const at = paths(useLocale());
  const reply = editing.reply?.values["path"] === place ? editing.reply : undefined;
  const before =
    part && editing.step === "change" && "fact" in part && part.fact === editing.fact ? part : undefined;
  const chooseFact = <ChooseFact place={place} ofMember={ofMember} editing={editing} />;
  if (editing.fact === undefined || (editing.fact === ASK && ofMember)) return chooseFact;
  return (
    <div className="grid gap-4 border-t-2 border-dotted border-line py-4">
      {chooseFact}
      <Form method="post" className="grid gap-4">
        <FormErrors reply={reply} />
        <input type="hidden" name="intent" value={editing.step} />
        <input type="hidden" name="version" value={editing.version} />
        <input type="hidden" name="path" value={place} />
        <input type="hidden" name="fact" value={editing.fact} />
        {editing.fact === ASK ? (
          <p>{t("ruleDesk.askHint")}</p>
        ) : (
          <Comparison fact={editing.fact} before={before} reply={reply} />
        )}
        <div className="flex flex-wrap gap-3">
          <Button>{t(editing.step === "add" ? "ruleDesk.addThis" : "ruleDesk.saveThis")}</Button>
          <LinkButton look="quiet" to={`${at.deskRule(editing.code)}#parts`} preventScrollReset>
            {t("ruleDesk.cancel")}
          </LinkButton>
        </div>
      </Form>
    </div>
  );
}

/** What a part is about: facts of the household, and of its people. */
function ChooseFact({ place, ofMember, editing }: Omit<Props, "part">) {
  const t = useT();
  const at = paths(useLocale());
  const name = (fact: FactName) => t(`facts.${fact}`);
  const household = HOUSEHOLD_FACT_NAMES.map((fact) => ({
    value: fact,
    label: t("ruleDesk.ofHousehold", { what: name(fact) }),
  }));
  const people = MEMBER_FACT_NAMES.map((fact) => ({
    value: fact,
    label: ofMember ? name(fact) : t("ruleDesk.ofPerson", { what: name(fact) }),
  }));
  return (
    <Form
      method="get"
      action={`${at.deskRule(editing.code)}#part-${place || "all"}`}
      preventScrollReset
      className="flex flex-wrap items-end gap-3 py-2"
    >
      <input type="hidden" name="at" value={place || "all"} />
      <input type="hidden" name="do" value={editing.step} />
      <div className="min-w-0 flex-1 basis-56">
        <SelectField
          key={editing.fact}
          name="fact"
          label={t("ruleDesk.chooseFact")}
          defaultValue={editing.fact}
          options={ofMember ? people : [...household, ...people, { value: ASK, label: t("facts.ask") }]}
        />
      </div>
      <Button look="secondary">{t("ruleDesk.next")}</Button>
    </Form>
  );
}

const NUMBER_HINTS = {
  fen: "ruleDesk.numberHintFen",
  years: "ruleDesk.numberHintYears",
  people: "ruleDesk.numberHintPeople",
} as const;

/** How a fact compares, in the way of its kind. */
function Comparison({
  fact,
  before,
  reply,
}: {
  fact: FactName;
  before: Leaf | undefined;
  reply: Reply | undefined;
}) {
  const t = useT();
  if (isYesNo(fact)) {
    const options = [
      { value: "yes", label: t("ruleDesk.soYes") },
      { value: "no", label: t("ruleDesk.soNo") },
    ];
    return (
      <ChoiceField
        name="is"
        label={t("ruleDesk.isSo")}
        columns={2}
        options={options}
        defaultValue={before && "is" in before ? (before.is ? "yes" : "no") : "yes"}
        reply={reply}
      />
    );
  }

  if (isChoice(fact)) {
    const options = FACTS[fact].words.map((word) => ({ value: word, label: t(wordKey(fact, word)) }));
    return (
      <ChoiceField
        name="in"
        label={t("ruleDesk.oneOfThese")}
        many
        columns={2}
        options={options}
        defaultValue={before && "in" in before ? before.in : []}
        reply={reply}
      />
    );
  }

  const unit = unitOf(fact);
  const words = unit === "years" ? "compareYears" : "compare";
  const shown =
    before && "compare" in before ? choiceOfAmount(unit, before.to) : { value: "number", typed: "" };
  return (
    <div className="grid items-start gap-4 sm:grid-cols-3 elder:grid-cols-1">
      <SelectField
        name="compare"
        label={t("ruleDesk.compare")}
        options={COMPARISONS.map((compare) => ({ value: compare, label: t(`ruleDesk.${words}_${compare}`) }))}
        defaultValue={before && "compare" in before ? before.compare : undefined}
        reply={reply}
      />
      <SelectField
        name="to"
        label={t("ruleDesk.compareTo")}
        options={amountChoices(unit).map((choice) => ({
          value: choice.value,
          label: choiceWords(choice, t),
        }))}
        defaultValue={shown.value}
        reply={reply}
      />
      <TextField
        name="number"
        label={t("ruleDesk.number")}
        hint={t(NUMBER_HINTS[unit])}
        inputMode="decimal"
        maxLength={LENGTHS.amount}
        defaultValue={shown.typed}
        reply={reply}
      />
    </div>
  );
}

function choiceWords({ parameter, percent }: AmountChoice, t: Translate): string {
  if (parameter === undefined) return t("ruleDesk.toNumber");
  const name = t(`desk.parameter_${parameter}`);
  if (percent === undefined) return t("ruleDesk.toParameter", { name });
  return percent === "typed"
    ? t("ruleDesk.toTyped", { name })
    : t("ruleDesk.toPercent", { name, percent: t(`desk.parameter_${percent}`) });
}
