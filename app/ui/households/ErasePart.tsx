import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { OpenMatter } from "~/domain/requests/openMatters.server";
import { ERASE_REASONS } from "~/domain/requests/requestVocabulary";
import { colon, day } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";
import { type Reply, SelectField, TextField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Notice, Section } from "../primitives/Page";
import { roleKey } from "../shell/roleKey";

/**
 * What is destroyed and what stays, in plain words; then the code by hand. While anything is on its way, only
 * what is in the way.
 */
export function ErasePart({
  code,
  inTheWay,
  reply,
}: {
  code: string;
  inTheWay: readonly OpenMatter[];
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <div className="mt-12 rounded-lg border-2 border-danger px-5 pb-6">
      <Section title={t("households.eraseTitle")}>
        <FormErrors reply={reply} />
        <p className="mt-2 max-w-measure">{t("households.eraseGone")}</p>
        <p className="mt-2 mb-4 max-w-measure">{t("households.eraseStays")}</p>
        {inTheWay.length > 0 ? (
          <Notice tone="problem">
            <p className="font-semibold">{t("households.eraseBusy")}</p>
            <ul className="mt-1 list-disc pl-5">
              {inTheWay.map(({ kind, code: what }, index) => (
                <li key={index}>{what + colon(locale) + t(`households.matter_${kind}`)}</li>
              ))}
            </ul>
          </Notice>
        ) : (
          <Form method="post" className="grid gap-4">
            <TextField
              name="code"
              maxLength={LENGTHS.code}
              label={t("households.eraseCode", { code })}
              autoComplete="off"
              reply={reply}
            />
            <SelectField
              name="reason"
              label={t("households.eraseReason")}
              empty=""
              options={ERASE_REASONS.map((reason) => ({
                value: reason,
                label: t(`households.erase_${reason}`),
              }))}
              reply={reply}
            />
            <div>
              <AskFirst
                name="intent"
                value="erase"
                label={t("households.erase")}
                says={t("households.eraseSays")}
              />
            </div>
          </Form>
        )}
      </Section>
    </div>
  );
}

/** In the place of a record that was erased: that it was, when, and by what role. */
export function Erased({ erased }: { erased: Readonly<{ at: Date; role: string; reason: string | null }> }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Notice>
      <p className="font-semibold">{t("households.erasedTitle")}</p>
      <p>
        {t("households.erasedWhen", {
          time: day(locale, erased.at),
          role: t(roleKey(erased.role)),
          reason: t(`households.erase_${erased.reason ?? ""}` as MessageKey),
        })}
      </p>
      <p className="mt-1">{t("households.erasedText")}</p>
    </Notice>
  );
}
