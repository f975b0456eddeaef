import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { HappenedField } from "~/ui/store/NumberField";
import { Button } from "../primitives/Button";
import { ChoiceField, type Reply, TextField } from "../primitives/Field";
import { RequestKey } from "../primitives/FormParts";
import { Section, Tag } from "../primitives/Page";

type Heard = Readonly<{ id: string; rating: number; state: "heard" | "passed" | "kept_private"; at: Date }>;
type Props = Readonly<{ heard: readonly Heard[]; now: string; requestKey: string; reply: Reply | undefined }>;

const RATINGS = [5, 4, 3, 2, 1] as const;
const TONES = { heard: "wait", passed: "done", kept_private: "info" } as const;

/**
 * How the recipient likes what came, asked some days later: what was heard so far, and room to write down
 * more.
 */
export function FeedbackForm({ heard, now, requestKey, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  const form = (
    <Form key={heard.length} method="post" className="grid gap-5">
      <input type="hidden" name="intent" value="feedback" />
      <RequestKey value={requestKey} reply={reply} />
      <ChoiceField
        name="rating"
        label={t("handover.rating")}
        options={RATINGS.map((rating) => ({ value: String(rating), label: t(`handover.rating_${rating}`) }))}
        reply={reply}
      />
      <TextField
        name="words"
        label={t("handover.words")}
        hint={t("handover.wordsHint")}
        rows={3}
        maxLength={LENGTHS.feedback}
        optional
        reply={reply}
      />
      <HappenedField label={t("common.happenedAt")} now={now} reply={reply} />
      <Button wide look="secondary">
        {t("handover.feedbackSave")}
      </Button>
    </Form>
  );
  return (
    <Section title={t("handover.feedbackTitle")}>
      <p className="mb-4 text-muted">{t("handover.feedbackLead")}</p>
      {heard.length > 0 ? (
        <ul className="mb-4 grid gap-2">
          {heard.map((said) => (
            <li key={said.id} className="flex flex-wrap items-center gap-2">
              <Tag tone={TONES[said.state]}>{t(`handover.feedback_${said.state}`)}</Tag>
              <span>
                {t(`handover.rating_${said.rating as (typeof RATINGS)[number]}`)} · {moment(locale, said.at)}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {heard.length === 0 || reply ? (
        form
      ) : (
        <details>
          <summary className="flex min-h-tap cursor-pointer items-center font-semibold text-brand">
            {t("handover.feedbackMore")}
          </summary>
          <div className="mt-3">{form}</div>
        </details>
      )}
    </Section>
  );
}
