import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { Finding } from "~/domain/needs/guard/findings";
import { colon } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { EditForm, type Filled } from "../primitives/EditForm";
import { CheckField, type Reply, TextField } from "../primitives/Field";
import { Card, Notice } from "../primitives/Page";
import { DeclineForm } from "./DecisionForms";

type Props = Readonly<{
  filled: Filled;
  seen: string;
  reply: Reply | undefined;
  findings: readonly Finding[] | undefined;
}>;

/** The third person writes the public words; the guard's findings stand beside them in words. */
export function PublicWordsForm({ filled, seen, reply, findings }: Props) {
  const t = useT();
  return (
    <>
      <Card>
        <h2 className="text-5">{t("review.publishTitle")}</h2>
        <p className="mb-4 text-muted">{t("review.publishLead")}</p>
        <EditForm filled={filled} reply={reply} className="grid gap-4">
          {(kept) => (
            <>
              <TextField name="title" maxLength={LENGTHS.title} label={t("intake.title")} reply={kept} />
              <TextField
                name="story"
                maxLength={LENGTHS.story}
                label={t("intake.story")}
                rows={5}
                reply={kept}
              />
              <TextField
                name="pseudonym"
                maxLength={LENGTHS.pseudonym}
                label={t("intake.pseudonym")}
                hint={t("intake.pseudonymHint")}
                optional
                reply={kept}
              />
              {findings ? <Findings findings={findings} /> : null}
              <CheckField name="acceptSoft" label={t("review.acceptSoft")} reply={kept} />
              <div className="flex flex-wrap gap-3">
                <Button>{t("review.publish")}</Button>
                <Button look="secondary" name="intent" value="check">
                  {t("review.check")}
                </Button>
              </div>
            </>
          )}
        </EditForm>
      </Card>
      <DeclineForm seen={seen} />
    </>
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  const t = useT();
  const locale = useLocale();
  if (findings.length === 0) return <Notice tone="done">{t("review.clean")}</Notice>;
  return (
    <Notice tone="problem" live>
      <p className="font-semibold">{t("review.findings")}</p>
      <ul className="mt-1 list-disc pl-5">
        {findings.map((finding) => (
          <li key={finding.text}>
            <strong lang="zh-Hans">{finding.text}</strong>
            {colon(locale)}
            {t(`review.finding_${finding.kind}`)} · {t(finding.hard ? "review.mustGo" : "review.mayStay")}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
