import { WRITE_OFF_REASONS } from "~/domain/delivery/vocabulary";
import { useLocale, useT } from "~/i18n/useT";
import { AskFirst } from "~/ui/primitives/AskFirst";
import { ChoiceField, type Reply } from "~/ui/primitives/Field";
import { HappenedField, NumberField } from "./NumberField";
import { nameOfLot, type StockedLot } from "./StockRow";
import { ThingCard } from "./ThingCard";
import { thingName, unitName } from "./things";

/** How many leave the stock, and why. What is missing is recorded by the city, so it is not offered here. */
export function WriteOffFields({
  row,
  pointId,
  now,
  reply,
}: {
  row: StockedLot;
  pointId: string;
  now: string;
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  const reasons = WRITE_OFF_REASONS.filter((reason) => reason !== "missing");
  return (
    <>
      <ThingCard icon={row.kind.icon} name={thingName(locale, nameOfLot(row))}>
        {t("store.packFree", { n: String(row.free), unit: unitName(locale, row.unit, row.free) })}
      </ThingCard>
      <ChoiceField
        name="reason"
        label={t("common.reason")}
        options={reasons.map((reason) => ({ value: reason, label: t(`store.off_${reason}`) }))}
        reply={reply}
        {...(row.expired ? { defaultValue: "out_of_date" } : {})}
      />
      <NumberField
        name="quantity"
        label={t("store.writeOffQuantity", { unit: unitName(locale, row.unit, 2) })}
        value={row.free}
        reply={reply}
      />
      <HappenedField label={t("common.happenedAt")} now={now} reply={reply} />
      <input type="hidden" name="lotId" value={row.lotId} />
      <input type="hidden" name="pointId" value={pointId} />
      <AskFirst label={t("store.writeOff")} says={t("store.writeOffSays")} />
    </>
  );
}
