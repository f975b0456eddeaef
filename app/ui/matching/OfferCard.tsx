import { Form } from "@remix-run/react";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { DECLINE_REASONS } from "~db/schema/goodsVocabulary";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { SelectField } from "../primitives/Field";
import { Card } from "../primitives/Page";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Row = Readonly<{
  offer: Readonly<{ id: string; code: string; quantity: bigint; description: string; townCode: string }>;
  kind: Names;
  unit: Names;
  town: Names;
}>;

/** An offer that waits for an answer: to which point, or why not. */
export function OfferCard({
  row: { offer, kind, unit, town },
  points,
}: {
  row: Row;
  points: readonly (Names & Readonly<{ id: string; townCode: string }>)[];
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <li>
      <Card>
        <p className="text-4 font-semibold">
          {nameIn(locale, kind)} × {String(offer.quantity)} {nameIn(locale, unit)}
        </p>
        <p className="text-2 text-muted" lang="zh-Hans">
          {nameIn(locale, town)} · {offer.description} <span className="text-1">{offer.code}</span>
        </p>
        <Form method="post" className="mt-3 flex flex-wrap items-end gap-3">
          <input type="hidden" name="offerId" value={offer.id} />
          <div className="min-w-0 flex-1">
            <SelectField
              name="pointId"
              label={t("matching.acceptAt")}
              defaultValue={points.find((point) => point.townCode === offer.townCode)?.id}
              options={points.map((point) => ({ value: point.id, label: nameIn(locale, point) }))}
            />
          </div>
          <Button name="intent" value="accept">
            {t("matching.accept")}
          </Button>
        </Form>
        <Form method="post" className="mt-3 flex flex-wrap items-end gap-3">
          <input type="hidden" name="offerId" value={offer.id} />
          <div className="min-w-0 flex-1">
            <SelectField
              name="reason"
              label={t("matching.decline")}
              options={DECLINE_REASONS.map((reason) => ({
                value: reason,
                label: t(`matching.decline_${reason}`),
              }))}
            />
          </div>
          <AskFirst
            name="intent"
            value="decline"
            label={t("matching.decline")}
            says={t("matching.declineSays")}
          />
        </Form>
      </Card>
    </li>
  );
}
