import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { ChoiceField, type Reply, SelectField, TextField } from "../primitives/Field";
import { FormErrors, RequestKey } from "../primitives/FormParts";
import { MomentField } from "../primitives/MomentField";
import { Section } from "../primitives/Page";

const KINDS = ["correct", "refuse", "withdraw_consent", "erase"] as const;

type Props = Readonly<{
  wishes: readonly Readonly<{ id: string; code: string; item: string }>[];
  /** Working days within which what waits for somebody is done. */
  answerDays: number;
  now: string;
  requestKey: string;
  reply: Reply | undefined;
}>;

/**
 * A caseworker writes down what somebody asks for, and of which of their open wishes; beside each choice
 * stands what it does at once.
 */
export function AskForm({ wishes, answerDays, now, requestKey, reply }: Props) {
  const t = useT();
  return (
    <Section title={t("households.askTitle")}>
      <p className="mb-4 max-w-measure text-muted">{t("households.askLead")}</p>
      <Form method="post" className="grid gap-4">
        <FormErrors reply={reply} />
        <RequestKey value={requestKey} reply={reply} />
        <ChoiceField
          name="kind"
          label={t("households.askWhat")}
          options={KINDS.map((kind) => ({
            value: kind,
            label: t(`households.request_${kind}`),
            hint: t(`households.requestHint_${kind}`, { days: answerDays }),
          }))}
          reply={reply}
        />
        {wishes.length > 0 ? (
          <SelectField
            name="needId"
            label={t("households.aboutWhich")}
            hint={t("households.aboutWhichHint")}
            empty={t("households.aboutAll")}
            options={wishes.map((wish) => ({ value: wish.id, label: `${wish.code} · ${wish.item}` }))}
            reply={reply}
          />
        ) : null}
        <TextField
          name="words"
          label={t("households.requestWords")}
          hint={t("households.requestWordsHint")}
          rows={3}
          maxLength={LENGTHS.words}
          optional
          reply={reply}
        />
        <MomentField label={t("common.happenedAt")} now={now} reply={reply} />
        <div>
          <Button name="intent" value="request">
            {t("households.record")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
