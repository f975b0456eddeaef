import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "~/ui/primitives/Button";
import { ChoiceField, type Reply, SelectField, TextField } from "~/ui/primitives/Field";
import { REFUSAL_REASONS } from "~db/schema/goodsVocabulary";
import { HappenedField, NumberField } from "./NumberField";

type Props = Readonly<{
  reply: Reply | undefined;
  counted: bigint;
  unit: string;
  askedUnitFen: bigint | null;
  boughtUnitFen: bigint | null;
  bought: boolean;
  now: string;
}>;

const yuan = (fen: bigint) => `${fen / 100n}.${String(fen % 100n).padStart(2, "0")}`;

/** What was found: how many are good, what is refused and why, and what the good ones are worth. */
export function InspectForm({ reply, counted, unit, askedUnitFen, boughtUnitFen, bought, now }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField name="accepted" label={t("store.accepted", { unit })} value={counted} reply={reply} />
        <NumberField name="refused" label={t("store.refused", { unit })} value={0} reply={reply} />
      </div>
      <fieldset className="grid gap-4 rounded-md border-(length:--border) border-line p-4">
        <legend className="px-1 text-2 text-muted">{t("store.ifRefused")}</legend>
        <SelectField
          name="refusalReason"
          label={t("store.refusalReason")}
          empty="—"
          options={REFUSAL_REASONS.map((reason) => ({ value: reason, label: t(`store.refused_${reason}`) }))}
          reply={reply}
        />
        <SelectField
          name="refusedGoTo"
          label={t("store.refusedGoTo")}
          empty="—"
          options={(["returned", "disposed"] as const).map((place) => ({
            value: place,
            label: t(`store.goTo_${place}`),
          }))}
          reply={reply}
        />
      </fieldset>
      <ChoiceField
        name="valueBasis"
        label={t("store.valueBasis")}
        defaultValue={bought ? "invoice" : "fair_value"}
        options={(["invoice", "fair_value", "not_valued"] as const).map((basis) => ({
          value: basis,
          label: t(`store.basis_${basis}`),
        }))}
        reply={reply}
      />
      <TextField
        name="unitValueFen"
        label={t("store.unitValue", { unit })}
        hint={[
          t("store.unitValueWhen"),
          askedUnitFen === null ? "" : t("store.unitValueHint", { price: money(locale, askedUnitFen) }),
        ]
          .filter(Boolean)
          .join(" ")}
        inputMode="decimal"
        maxLength={LENGTHS.amount}
        defaultValue={boughtUnitFen === null ? undefined : yuan(boughtUnitFen)}
        reply={reply}
      />
      <TextField
        name="bestBefore"
        type="date"
        label={t("store.bestBefore")}
        hint={t("store.bestBeforeHint")}
        optional
        reply={reply}
      />
      <HappenedField label={t("common.happenedAt")} now={now} reply={reply} />
      <Button wide>{t("store.finishInspection")}</Button>
    </>
  );
}
