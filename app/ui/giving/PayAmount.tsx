import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { AMOUNTS_AT_HAND } from "~/domain/payments/amountsAtHand";
import { money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { ChoiceField, type Reply, TextField } from "../primitives/Field";

/**
 * How much: an amount at hand, as far as so much is missing, or another one. None is chosen beforehand.
 * Without `:has` the field of the other one is always there.
 */
export function PayAmount({ openFen, reply }: Readonly<{ openFen: bigint; reply: Reply | undefined }>) {
  const t = useT();
  const locale = useLocale();
  const fits = AMOUNTS_AT_HAND.filter((yuan) => BigInt(yuan) * 100n <= openFen);
  return (
    <div className="group/amount grid gap-4">
      <input type="hidden" name="amount" value="yuan" />
      <ChoiceField
        name="atHand"
        label={t("giving.payAmount")}
        hint={t("giving.payAmountHint", { rest: money(locale, openFen) })}
        columns="chips"
        options={[
          ...fits.map((yuan) => ({ value: yuan, label: money(locale, BigInt(yuan) * 100n) })),
          { value: "other", label: t("giving.otherAmount") },
        ]}
        reply={reply}
      />
      <div className="supports-[selector(:has(*))]:hidden supports-[selector(:has(*))]:group-has-[[value=other]:checked]/amount:block">
        <TextField
          name="quantity"
          maxLength={LENGTHS.amount}
          label={t("giving.otherAmountYuan")}
          inputMode="decimal"
          reply={reply}
        />
      </div>
    </div>
  );
}
