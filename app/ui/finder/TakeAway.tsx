import { Form } from "@remix-run/react";
import type { Answers } from "~/domain/finder/questions";
import type { Result } from "~/domain/finder/results";
import { day, list } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { CheckField, type Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Card, Section } from "../primitives/Page";
import { PrintButton } from "../primitives/PrintButton";

type Props = Readonly<{
  results: readonly Result[];
  answers: Answers;
  phone: string;
  url: string;
  keepDays: number;
  reply: Reply | undefined;
  handed: Readonly<{ code: string; expiresAt: Date }> | undefined;
}>;

/** Print, send to a phone, or hand over to a caseworker by a code, with consent. */
export function TakeAway({ results, answers, phone, url, keepDays, reply, handed }: Props) {
  const t = useT();
  const locale = useLocale();
  const names = results
    .flatMap((result) => (result.verdict === "likely" ? [result.item.name] : []))
    .slice(0, 6);
  const text = t("finder.smsText", { names: list(locale, names), phone, url });
  return (
    <Section title={t("finder.takeTitle")}>
      <div className="grid gap-4">
        <div className="no-print flex flex-wrap gap-3">
          <PrintButton />
          <a
            href={`sms:?body=${encodeURIComponent(text)}`}
            className="inline-flex min-h-tap items-center rounded-md border-(length:--border) border-line-strong bg-surface px-5 font-semibold text-brand hover:border-brand"
          >
            {t("finder.sms")}
          </a>
        </div>
        <Card>
          <h3 className="text-4">{t("finder.handTitle")}</h3>
          {handed ? (
            <div role="status">
              <p className="mt-2">{t("finder.handDone")}</p>
              <p className="tabular my-2 text-7 font-bold tracking-widest">{handed.code}</p>
              <p>{t("finder.handDoneText", { day: day(locale, handed.expiresAt) })}</p>
            </div>
          ) : (
            <Form method="post" action="#results" className="no-print mt-2 grid gap-4">
              <p>{t("finder.handLead", { days: keepDays })}</p>
              <FormErrors reply={reply} />
              {Object.entries(answers).flatMap(([name, values]) =>
                values.map((value) => (
                  <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
                )),
              )}
              <CheckField name="consent" label={t("finder.handConsent")} reply={reply} />
              <Button look="secondary" name="handOver" value="yes">
                {t("finder.hand")}
              </Button>
            </Form>
          )}
        </Card>
      </div>
    </Section>
  );
}
