import { Form } from "@remix-run/react";
import { remaining } from "~/domain/delivery/states";
import { LOSS_REASONS } from "~/domain/delivery/vocabulary";
import { colon } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { HappenedField, NumberField } from "~/ui/store/NumberField";
import { thingName, unitName } from "~/ui/store/things";
import { AskFirst } from "../primitives/AskFirst";
import { ChoiceField, type Reply } from "../primitives/Field";
import { RequestKey } from "../primitives/FormParts";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string; nameEnPlural: string }>;
type Row = Readonly<{
  item: Parameters<typeof remaining>[0] & { id: string };
  itemHans: string;
  itemHant: string;
  unit: Names;
}>;

/** An operator writes down a loss; folded away, since it is rare and grave. */
export function LoseForm({
  rows,
  now,
  requestKey,
  reply,
}: {
  rows: readonly Row[];
  now: string;
  requestKey: string;
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <details className="mt-6 rounded-md border-(length:--border) border-line p-4">
      <summary className="flex min-h-tap cursor-pointer items-center font-semibold">
        {t("handover.loseTitle")}
      </summary>
      <p className="mb-4 text-muted">{t("handover.loseLead")}</p>
      <Form method="post" className="grid gap-5">
        <input type="hidden" name="intent" value="lose" />
        {rows.map(({ item, unit, ...row }, index) => (
          <div key={item.id}>
            <input type="hidden" name={`items[${index}].itemId`} value={item.id} />
            <NumberField
              name={`items[${index}].quantity`}
              label={
                <>
                  <span lang="zh-Hans">{thingName(locale, row)}</span>
                  {colon(locale)}
                  {t("handover.loseHowMany", { unit: unitName(locale, unit, 2), n: String(remaining(item)) })}
                </>
              }
              value={remaining(item)}
              reply={reply}
            />
          </div>
        ))}
        <ChoiceField
          name="reason"
          label={t("common.reason")}
          options={LOSS_REASONS.map((reason) => ({ value: reason, label: t(`handover.lose_${reason}`) }))}
          reply={reply}
        />
        <HappenedField label={t("common.happenedAt")} now={now} reply={reply} />
        <RequestKey value={requestKey} reply={reply} />
        <AskFirst label={t("handover.lose")} says={t("handover.loseSays")} />
      </Form>
    </details>
  );
}
