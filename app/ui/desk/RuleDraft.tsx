import { Form } from "@remix-run/react";
import type { RuleBody } from "~/domain/rules/ruleShape";
import type { CaseResult } from "~/domain/rules/screen";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { ChoiceField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Section } from "../primitives/Page";
import { AmountForm } from "./AmountForm";
import { CaseBook } from "./CaseBook";
import type { Editing } from "./editing";
import { PartForm } from "./PartForm";
import { RuleEditorTree } from "./RuleTree";

type Props = Readonly<{ body: RuleBody; results: readonly CaseResult[]; editing: Editing }>;

/** The editor of a draft: whom it is for, its conditions part by part, what it pays, its case book. */
export function RuleDraft({ body, results, editing }: Props) {
  const t = useT();
  const intent = editing.reply?.values["intent"];
  const isShownElsewhere = ["add", "change", "amount", "addCase", "approve", "test", "withdraw"].includes(
    String(intent),
  );
  return (
    <>
      {isShownElsewhere ? null : <FormErrors reply={editing.reply} />}
      <KindForm kind={body.kind} version={editing.version} />
      <Section title={body.kind === "rule" ? t("ruleDesk.parts") : t("ruleDesk.firstPart")} id="parts">
        {body.kind === "rule" ? (
          <RuleEditorTree key={editing.version} part={body.rule} editing={editing} />
        ) : (
          <PartForm place="" ofMember={false} editing={{ ...editing, at: "", step: "add" }} />
        )}
      </Section>
      {body.kind === "rule" ? (
        <AmountForm
          key={`amount${editing.version}`}
          rule={body.rule}
          amount={body.amount}
          version={editing.version}
          reply={intent === "amount" ? editing.reply : undefined}
        />
      ) : null}
      {body.kind === "rule" ? (
        <CaseBook
          cases={body.cases}
          results={results}
          edit={{
            rule: body.rule,
            version: editing.version,
            today: editing.today,
            reply: intent === "addCase" ? editing.reply : undefined,
          }}
        />
      ) : null}
    </>
  );
}

/** For everyone, or to be asked; conditions are written below. */
function KindForm({ kind, version }: { kind: RuleBody["kind"]; version: number }) {
  const t = useT();
  const options = (["everyone", "ask"] as const).map((word) => ({
    value: word,
    label: t(`desk.kind_${word}`),
  }));
  return (
    <details className="mt-4" open={kind !== "rule"}>
      <summary className="min-h-tap font-semibold text-brand">{t("ruleDesk.kindLegend")}</summary>
      <Form method="post" className="mt-2 grid gap-4">
        <input type="hidden" name="intent" value="kind" />
        <input type="hidden" name="version" value={version} />
        <ChoiceField
          name="kind"
          label={t("ruleDesk.kindLegend")}
          hint={t(kind === "rule" ? "ruleDesk.kindLost" : "ruleDesk.kindRule")}
          columns={2}
          options={options}
          defaultValue={kind === "rule" ? "" : kind}
        />
        <div>
          <Button look="secondary">{t("ruleDesk.kindSave")}</Button>
        </div>
      </Form>
    </details>
  );
}
