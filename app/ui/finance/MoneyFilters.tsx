import { Form } from "@remix-run/react";
import { MONEY_KINDS } from "~/domain/books/vocabulary";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { type Reply, SelectField, TextField } from "../primitives/Field";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Props = Readonly<{
  filter: Readonly<{
    programmeId?: string | undefined;
    kind?: string | undefined;
    from?: string | undefined;
    to?: string | undefined;
    gift?: string | undefined;
  }>;
  reply: Reply | undefined;
  funds: readonly (Names & Readonly<{ id: string; filingNumber: string }>)[];
}>;

/**
 * Which entries of the money book are meant: fund, kind, days, one gift. Its address is the filter, so it can
 * be sent on.
 */
export function MoneyFilters({ filter, funds, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <Form method="get" className="mt-6 grid items-end gap-3 sm:grid-cols-3 elder:grid-cols-1">
      <SelectField
        name="programmeId"
        label={t("finance.fund")}
        empty={t("finance.allFunds")}
        defaultValue={filter.programmeId}
        reply={reply}
        options={funds.map((fund) => ({
          value: fund.id,
          label: `${nameIn(locale, fund)} · ${fund.filingNumber}`,
        }))}
      />
      <SelectField
        name="kind"
        label={t("finance.kind")}
        empty={t("finance.allKinds")}
        defaultValue={filter.kind}
        reply={reply}
        options={MONEY_KINDS.map((kind) => ({ value: kind, label: t(`finance.kind_${kind}`) }))}
      />
      <TextField
        name="gift"
        label={t("finance.giftCode")}
        maxLength={LENGTHS.code}
        defaultValue={filter.gift}
        reply={reply}
      />
      <TextField
        name="from"
        type="date"
        label={t("finance.fromDay")}
        defaultValue={filter.from}
        reply={reply}
      />
      <TextField name="to" type="date" label={t("finance.toDay")} defaultValue={filter.to} reply={reply} />
      <Button look="secondary">{t("common.search")}</Button>
    </Form>
  );
}
