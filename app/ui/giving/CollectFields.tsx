import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { calendarDay } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { ChoiceField, type Reply, TextField } from "../primitives/Field";

type Known = Readonly<{
  day: string;
  part: string;
  where: Readonly<{ address: string; phone: string }> | undefined;
}>;

/** Where and when a gift is to be collected. */
export function CollectFields({
  days,
  known,
  reply,
}: {
  days: Readonly<{ first: string; last: string }>;
  known?: Known | undefined;
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <>
      <TextField
        name="day"
        type="date"
        label={t("giving.collectDay")}
        hint={t("giving.collectDayHint", {
          first: calendarDay(locale, days.first),
          last: calendarDay(locale, days.last),
        })}
        min={days.first}
        max={days.last}
        defaultValue={known?.day}
        reply={reply}
      />
      <ChoiceField
        name="part"
        label={t("giving.collectPart")}
        columns={2}
        options={(["morning", "afternoon"] as const).map((part) => ({
          value: part,
          label: t(`gifts.part_${part}`),
        }))}
        {...(known ? { defaultValue: known.part } : {})}
        reply={reply}
      />
      <TextField
        name="address"
        label={t("giving.collectAddress")}
        hint={t("giving.collectAddressHint")}
        autoComplete="street-address"
        maxLength={LENGTHS.address}
        defaultValue={known?.where?.address}
        reply={reply}
      />
      <TextField
        name="phone"
        type="tel"
        label={t("giving.collectPhone")}
        autoComplete="tel"
        maxLength={LENGTHS.phone}
        defaultValue={known?.where?.phone}
        reply={reply}
      />
    </>
  );
}
