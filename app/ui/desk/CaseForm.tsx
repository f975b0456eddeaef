import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { type FactName, FACTS, unitOf } from "~/domain/rules/facts";
import { isNumber, isYesNo } from "~/domain/rules/kindOf";
import { leavesOf, type Rule } from "~/domain/rules/rule";
import { wordKey } from "~/domain/rules/ruleWords";
import { localInput } from "~/i18n/format";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { CheckField, type Reply, SelectField, TextField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";

/** The most that the form's schema takes. */
const PEOPLE = 4;
const VERDICTS = ["likely", "maybe", "not"] as const;

type Props = Readonly<{ rule: Rule; version: number; today: Date; reply: Reply | undefined }>;

/**
 * A new example: only the facts that the rule asks about, and everybody's age; by the values of today unless
 * another day is given.
 */
export function CaseForm({ rule, version, today, reply }: Props) {
  const t = useT();
  const leaves = leavesOf(rule);
  const asked = (ofPerson: boolean) =>
    leaves.flatMap(({ leaf, ofMember }) => (ofMember === ofPerson ? [leaf.fact] : []));
  const household = [...new Set(asked(false))];
  const member = [...new Set<FactName>(["ageYears", ...asked(true)])];
  const isTyped = (index: number) =>
    Object.entries(reply?.values ?? {}).some(
      ([name, value]) => name.startsWith(`members[${index}]`) && value !== "",
    );
  const more = Array.from({ length: PEOPLE - 1 }, (_person, index) => index + 1);
  return (
    <details className="mt-5" open={reply !== undefined}>
      <summary className="min-h-tap font-semibold text-brand">{t("ruleDesk.addCase")}</summary>
      <Form method="post" action="#cases" className="mt-3 grid gap-5">
        <FormErrors reply={reply} />
        <input type="hidden" name="intent" value="addCase" />
        <input type="hidden" name="version" value={version} />
        <div className="grid items-start gap-4 sm:grid-cols-2 elder:grid-cols-1">
          <TextField
            name="name"
            maxLength={LENGTHS.caseName}
            label={t("ruleDesk.caseName")}
            hint={t("ruleDesk.caseNameHint")}
            reply={reply}
          />
          <SelectField
            name="expect"
            label={t("ruleDesk.expect")}
            empty=""
            options={VERDICTS.map((verdict) => ({ value: verdict, label: t(`ruleDesk.verdict_${verdict}`) }))}
            reply={reply}
          />
          <TextField
            name="valuesOn"
            type="date"
            label={t("ruleDesk.valuesOn")}
            hint={t("ruleDesk.valuesOnHint")}
            defaultValue={localInput(today).slice(0, 10)}
            reply={reply}
          />
        </div>
        {household.length > 0 ? (
          <Known title={t("ruleDesk.householdFacts")} facts={household} prefix="household" reply={reply} />
        ) : null}
        <Known
          title={t("ruleDesk.person", { n: 1 })}
          hint={t("ruleDesk.personHint")}
          facts={member}
          prefix="members[0]"
          reply={reply}
        />
        <details open={more.some(isTyped)}>
          <summary className="min-h-tap font-semibold text-brand">{t("ruleDesk.morePeople")}</summary>
          <div className="mt-3 grid gap-5">
            {more.map((index) => (
              <Known
                key={index}
                title={t("ruleDesk.person", { n: index + 1 })}
                facts={member}
                prefix={`members[${index}]`}
                reply={reply}
              />
            ))}
          </div>
        </details>
        <CheckField
          name="everybody"
          label={t("ruleDesk.everybody")}
          hint={t("ruleDesk.everybodyHint")}
          defaultChecked
          reply={reply}
        />
        <div>
          <Button look="secondary">{t("ruleDesk.saveCase")}</Button>
        </div>
      </Form>
    </details>
  );
}

type KnownProps = Readonly<{
  title: string;
  hint?: string;
  facts: readonly FactName[];
  prefix: string;
  reply: Reply | undefined;
}>;

/** What is known of a household or of one person; every field may stay empty. */
const Known = ({ title, hint, facts, prefix, reply }: KnownProps) => (
  <fieldset className="rounded-lg border-(length:--border) border-line p-4">
    <legend className="px-1 font-semibold">{title}</legend>
    {hint ? <p className="mb-3 text-2 text-muted">{hint}</p> : null}
    <div className="grid items-start gap-4 sm:grid-cols-2 elder:grid-cols-1">
      {facts.map((fact) => (
        <FactField key={fact} fact={fact} name={`${prefix}.${fact}`} reply={reply} />
      ))}
    </div>
  </fieldset>
);

const IN_UNIT = { fen: "ruleDesk.inYuan", years: "ruleDesk.inYears", people: "ruleDesk.inPeople" } as const;

function FactField({ fact, name, reply }: { fact: FactName; name: string; reply: Reply | undefined }) {
  const t = useT();
  const label = t(`facts.${fact}`);
  if (isNumber(fact)) {
    const unit = unitOf(fact);
    const hint = t(IN_UNIT[unit]);
    return (
      <TextField
        name={name}
        label={label}
        hint={hint}
        inputMode={unit === "fen" ? "decimal" : "numeric"}
        maxLength={LENGTHS.amount}
        reply={reply}
      />
    );
  }

  const options = isYesNo(fact)
    ? [
        { value: "yes", label: t("ruleDesk.soYes") },
        { value: "no", label: t("ruleDesk.soNo") },
      ]
    : FACTS[fact].words.map((word) => ({ value: word, label: t(wordKey(fact, word)) }));
  return (
    <SelectField name={name} label={label} empty={t("ruleDesk.notKnown")} options={options} reply={reply} />
  );
}
