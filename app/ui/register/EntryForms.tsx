import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { EntryForm as Which } from "~/domain/register/schemas";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { type Reply, SelectField, TextField } from "../primitives/Field";
import { FormErrors, RequestKey } from "../primitives/FormParts";
import { NameFields, PeriodFields, RegistrationFields } from "./fields";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Known = Readonly<{
  name: Names | undefined;
  phone: string | undefined;
  programmes: readonly (Names & Readonly<{ id: string; filingNumber: string }>)[];
}>;
type Props = Readonly<{ which: Which; known: Known; requestKey: string; reply: Reply | undefined }>;

/** One of the page's forms, folded until it is wanted or came back. */
export function EntryForm({ which, known, requestKey, reply }: Props) {
  const t = useT();
  const own = reply?.values["form"] === which ? reply : undefined;
  return (
    <details className="mt-3" open={own !== undefined}>
      <summary className="min-h-tap cursor-pointer content-center font-semibold text-brand">
        {t(`register.form_${which}`)}
      </summary>
      <Form method="post" className="mt-3 grid gap-5">
        <FormErrors reply={own} />
        <input type="hidden" name="form" value={which} />
        <RequestKey value={requestKey} reply={own} />
        <Fields which={which} known={known} reply={own} />
        <Button>{t("register.submit")}</Button>
      </Form>
    </details>
  );
}

function Fields({ which, known, reply }: Pick<Props, "which" | "known" | "reply">) {
  const t = useT();
  const locale = useLocale();
  switch (which) {
    case "registration":
      return <RegistrationFields reply={reply} known={known.name} phone={known.phone} />;
    case "fundraising_certificate":
      return (
        <>
          <TextField
            name="number"
            maxLength={LENGTHS.registration}
            label={t("register.number")}
            reply={reply}
          />
          <PeriodFields reply={reply} />
        </>
      );
    case "programme":
      return (
        <>
          <TextField
            name="filingNumber"
            maxLength={LENGTHS.registration}
            label={t("register.filingNumber")}
            reply={reply}
          />
          <NameFields of="purpose" reply={reply} />
          <PeriodFields reply={reply} />
        </>
      );
    case "filing":
      return (
        <>
          <SelectField
            name="programmeId"
            label={t("register.programme")}
            reply={reply}
            options={known.programmes.map((programme) => ({
              value: programme.id,
              label: `${nameIn(locale, programme)} · ${programme.filingNumber}`,
            }))}
          />
          <PeriodFields reply={reply} />
        </>
      );
    case "charity_account":
      return (
        <>
          <TextField
            name="stripeAccountId"
            maxLength={LENGTHS.account}
            label={t("register.account")}
            hint={t("register.accountHint")}
            autoComplete="off"
            reply={reply}
          />
          <TextField name="validFrom" type="date" label={t("register.validFrom")} reply={reply} />
        </>
      );
  }
}
