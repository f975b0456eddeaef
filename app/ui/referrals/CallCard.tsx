import { Form } from "@remix-run/react";
import { useEffect } from "react";
import { day } from "~/i18n/format";
import { langOfWords } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { PushState } from "~db/schema/screening";
import { Button, TextLink } from "../primitives/Button";
import { ChoiceField, type Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { PhoneLine } from "../primitives/PhoneLine";

type News = Readonly<{
  id: string;
  version: number;
  state: PushState;
  trigger: "facts" | "refresh" | "rule";
  createdAt: Date;
  item: string;
}>;
type Props = Readonly<{
  home: Readonly<{ householdId: string; code: string; news: readonly News[] }>;
  /** The record was opened to call them; `phone` as far as one is known. */
  opened: Readonly<{ phone: string | undefined }> | undefined;
  reply: Reply | undefined;
}>;

const ANSWERS = ["interest", "decline", "no_answer"] as const;

/** One household, one call: everything that is new for it, one answer for all with exceptions, one save. */
export function CallCard({ home: { householdId, code, news }, opened, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const [oldest] = news;
  useDialling(opened?.phone);
  const options = ANSWERS.map((answer) => ({ value: answer, label: t(`push.answer_${answer}`) }));
  return (
    <li className="rounded-lg border-(length:--border) border-line bg-surface p-4">
      <h2 className="text-4">
        {t("push.newFor", { n: news.length })}
        <span className="ml-2 text-2 font-normal text-muted">{code}</span>
      </h2>
      {oldest ? (
        <p className="text-2 text-muted">
          {[
            t(`push.why_${oldest.trigger}`),
            t("push.queuedOn", { day: day(locale, oldest.createdAt) }),
            t(`push.state_${oldest.state}`),
          ].join(" · ")}
        </p>
      ) : null}
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        {opened ? (
          opened.phone ? (
            <PhoneLine phone={opened.phone} big />
          ) : (
            <p>{t("push.noPhone")}</p>
          )
        ) : (
          <Form method="post">
            <input type="hidden" name="householdId" value={householdId} />
            <Button name="intent" value="call" icon="phone">
              {t("push.call")}
              <span className="sr-only"> {code}</span>
            </Button>
          </Form>
        )}
        <TextLink to={at.household(householdId)}>{t("push.openFirst")}</TextLink>
      </div>
      <Form method="post" className="mt-3 grid gap-3">
        <FormErrors reply={reply} />
        <input type="hidden" name="householdId" value={householdId} />
        <ChoiceField name="answer" label={t("push.answer")} columns="chips" options={options} reply={reply} />
        <details open={reply !== undefined} className="rounded-md bg-sunken px-3">
          <summary className="min-h-tap cursor-pointer content-center font-semibold text-brand">
            {t("push.exceptions", { n: news.length })}
          </summary>
          <ul className="divide-y divide-line pb-2" lang={locale === "en" ? "en" : langOfWords(locale)}>
            {news.map((push, index) => (
              <li key={push.id} className="py-3">
                <input type="hidden" name={`news[${index}].pushId`} value={push.id} />
                <input type="hidden" name={`news[${index}].version`} value={push.version} />
                <ChoiceField
                  name={`news[${index}].answer`}
                  label={push.item}
                  columns="chips"
                  options={[...options, { value: "", label: t("push.asAll") }]}
                  defaultValue=""
                  reply={reply}
                />
              </li>
            ))}
          </ul>
        </details>
        <div>
          <Button look="secondary">{t("push.record")}</Button>
        </div>
      </Form>
    </li>
  );
}

/** On a phone the number is dialled at once: whoever asked for it wants to talk. */
function useDialling(phone: string | undefined): void {
  useEffect(() => {
    if (phone !== undefined && matchMedia("(pointer: coarse)").matches) location.assign(`tel:${phone}`);
  }, [phone]);
}
