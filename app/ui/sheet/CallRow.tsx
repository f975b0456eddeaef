import { Form } from "@remix-run/react";
import { day } from "~/i18n/format";
import { langOfWords } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import type { PushState } from "~db/schema/screening";
import { Button } from "../primitives/Button";
import { ChoiceField, type Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Tag } from "../primitives/Page";

type Push = Readonly<{
  id: string;
  version: number;
  state: PushState;
  trigger: "facts" | "refresh" | "rule";
  createdAt: Date;
  item: string;
}>;

/** One item that is new for a household, and what they said of it. */
export function CallRow({ push, reply }: { push: Push; reply: Reply | undefined }) {
  const t = useT();
  const locale = useLocale();
  return (
    <li className="border-t border-line py-3">
      <h3 className="text-3 font-semibold" lang={locale === "en" ? "en" : langOfWords(locale)}>
        {push.item}
      </h3>
      <p className="mt-1 flex flex-wrap items-center gap-2 text-1 text-muted">
        <Tag tone={push.state === "call_list" ? "wait" : "info"}>{t(`push.state_${push.state}`)}</Tag>
        {t(`push.why_${push.trigger}`)} · {t("push.queuedOn", { day: day(locale, push.createdAt) })}
      </p>
      <details open={reply !== undefined}>
        <summary className="min-h-tap cursor-pointer content-center font-semibold text-brand">
          {t("push.answer")}
        </summary>
        <Form method="post" className="mt-1 grid gap-3">
          <FormErrors reply={reply} />
          <input type="hidden" name="pushId" value={push.id} />
          <input type="hidden" name="version" value={push.version} />
          <ChoiceField
            name="answer"
            label={t("push.answer")}
            columns={3}
            options={(["interest", "decline", "no_answer"] as const).map((answer) => ({
              value: answer,
              label: t(`push.answer_${answer}`),
            }))}
            reply={reply}
          />
          <Button look="secondary">{t("push.record")}</Button>
        </Form>
      </details>
    </li>
  );
}
