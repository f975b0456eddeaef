import { Form } from "@remix-run/react";
import { type ParameterKind, parametersOfKind } from "~/domain/lists/desk/parameterKinds";
import type { BenefitAmount } from "~/domain/rules/amount";
import { type Chosen, familiesOf, peopleOf, placeAmong } from "~/domain/rules/amountParts";
import type { AnyRule, Rule } from "~/domain/rules/rule";
import type { Translate } from "~/i18n/translate";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { ChoiceField, type Reply, SelectField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Section } from "../primitives/Page";
import { useRuleSay } from "./ruleSay";

type EachPerson = Extract<BenefitAmount, { kind: "each_person" }>;
type Props = Readonly<{
  rule: Rule;
  amount: BenefitAmount | null;
  version: number;
  reply: Reply | undefined;
}>;

/**
 * What an item pays, as one form: nothing that can be worked out, up to a standard, or a part for each
 * person.
 */
export function AmountForm({ rule, amount, version, reply }: Props) {
  const t = useT();
  const people = peopleOf(rule);
  const each = amount?.kind === "each_person" ? amount : undefined;
  const kinds =
    people.length > 0 || each
      ? (["none", "up_to_standard", "each_person"] as const)
      : (["none", "up_to_standard"] as const);
  return (
    <Section title={t("ruleDesk.amount")} id="amount">
      <p className="mb-2 text-muted">{t("ruleDesk.amountLead")}</p>
      <details open={reply !== undefined}>
        <summary className="min-h-tap font-semibold text-brand">
          {t(amount ? "ruleDesk.amountChange" : "ruleDesk.amountAdd")}
        </summary>
        <Form method="post" action="#amount" className="group/amount mt-3 grid gap-5">
          <FormErrors reply={reply} />
          <input type="hidden" name="intent" value="amount" />
          <input type="hidden" name="version" value={version} />
          <ChoiceField
            name="amount"
            label={t("ruleDesk.amountKind")}
            hint={kinds.length === 3 ? undefined : t("ruleDesk.amountNoPeople")}
            options={kinds.map((kind) => ({
              value: kind,
              label: t(`ruleDesk.amountKind_${kind}`),
              hint: t(`ruleDesk.amountHint_${kind}`),
            }))}
            defaultValue={amount?.kind ?? "none"}
            reply={reply}
          />
          {/* Browsers that cannot tell what is ticked show the fields of every kind. */}
          <div className="group-has-[[value=each\_person]:checked]/amount:hidden group-has-[[value=none]:checked]/amount:hidden">
            <SelectField
              name="standard"
              label={t("ruleDesk.amountStandard")}
              options={valuesOf("yuan", t)}
              defaultValue={amount?.kind === "up_to_standard" ? amount.standard : undefined}
              reply={reply}
            />
          </div>
          {kinds.length === 3 ? <EachFields rule={rule} each={each} version={version} reply={reply} /> : null}
          <div>
            <Button look="secondary">{t("ruleDesk.amountSave")}</Button>
          </div>
        </Form>
      </details>
    </Section>
  );
}

const valuesOf = (kind: ParameterKind, t: Translate) =>
  parametersOfKind(kind).map((code) => ({ value: code, label: t(`desk.parameter_${code}`) }));

/** The share of a standard in per cent, for which people of the rule, and for which households whole. */
function EachFields({
  rule,
  each,
  version,
  reply,
}: Pick<Props, "rule" | "version" | "reply"> & Readonly<{ each: EachPerson | undefined }>) {
  const t = useT();
  // Places are those of the version they were chosen on: in another they may be those of other parts.
  const placed = reply?.values["version"] === String(version) ? reply : undefined;
  const [people, families] = [peopleOf(rule), familiesOf(rule)];
  const who = useChoices(people, each?.who);
  const family = useChoices(families, each?.wholeFamily);
  const nobody = { value: "nobody", label: t("ruleDesk.amountNobody") };
  return (
    <div className="grid gap-5 group-has-[[value=none]:checked]/amount:hidden group-has-[[value=up\_to\_standard]:checked]/amount:hidden">
      <div className="grid items-start gap-4 sm:grid-cols-2 elder:grid-cols-1">
        <SelectField
          name="of"
          label={t("ruleDesk.amountOf")}
          options={valuesOf("yuan", t)}
          defaultValue={each?.of}
          reply={reply}
        />
        <SelectField
          name="percent"
          label={t("ruleDesk.amountPercent")}
          options={valuesOf("percent", t)}
          empty=""
          defaultValue={each?.percent}
          reply={reply}
        />
      </div>
      <ChoiceField
        name="who"
        label={t("ruleDesk.amountWho")}
        hint={t("ruleDesk.amountWhoHint")}
        options={who.options}
        defaultValue={who.chosen ?? ""}
        reply={placed}
      />
      <ChoiceField
        name="wholeFamily"
        label={t("ruleDesk.amountWholeFamily")}
        hint={t("ruleDesk.amountWholeFamilyHint")}
        options={[nobody, ...family.options]}
        defaultValue={family.chosen ?? "nobody"}
        reply={placed}
      />
    </div>
  );
}

/** The parts that can be chosen, as sentences, and what the amount says now where that is none of them. */
function useChoices(among: readonly Chosen<AnyRule>[], now: AnyRule | undefined) {
  const t = useT();
  const say = useRuleSay();
  const place = now && placeAmong(among, now);
  const isElsewhere = now !== undefined && place === undefined;
  const kept = isElsewhere
    ? [{ value: "now", label: t("ruleDesk.amountNow", { what: say.sentence(now) }) }]
    : [];
  return {
    options: [...kept, ...among.map((one) => ({ value: one.place, label: say.sentence(one.part) }))],
    chosen: isElsewhere ? "now" : place,
  };
}
