import { Form } from "@remix-run/react";
import { remaining } from "~/domain/delivery/states";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "~/ui/primitives/Button";
import type { Reply } from "~/ui/primitives/Field";
import { RequestKey } from "~/ui/primitives/FormParts";
import { Section } from "~/ui/primitives/Page";
import { HappenedField, NumberField } from "./NumberField";
import { thingName, unitName } from "./things";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string; nameEnPlural: string }>;
type Row = Readonly<{
  item: Parameters<typeof remaining>[0] & { id: string };
  itemHans: string;
  itemHant: string;
  unit: Names;
}>;

/** The store takes back what the deliverer still has, and says how much of it is broken. */
export function TakeBackForm({
  rows,
  broken,
  now,
  requestKey,
  reply,
}: {
  rows: readonly Row[];
  broken: boolean;
  now: string;
  requestKey: string;
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <Section title={t("store.takeBackTitle")}>
      <p className="mb-4 text-muted">{t("store.takeBackLead")}</p>
      <Form method="post" className="grid gap-5">
        <input type="hidden" name="intent" value="take_back" />
        {rows.map(({ item, unit, ...row }, index) => (
          <div key={item.id}>
            <p className="font-semibold">
              <span lang="zh-Hans">{thingName(locale, row)}</span> ·{" "}
              {t("store.stillOut", {
                n: String(remaining(item)),
                unit: unitName(locale, unit, remaining(item)),
              })}
            </p>
            <input type="hidden" name={`items[${index}].itemId`} value={item.id} />
            <NumberField
              name={`items[${index}].disposed`}
              label={t("store.disposedOf", { unit: unitName(locale, unit, 2) })}
              value={broken ? remaining(item) : 0n}
              reply={reply}
            />
          </div>
        ))}
        <HappenedField label={t("common.happenedAt")} now={now} reply={reply} />
        <RequestKey value={requestKey} reply={reply} />
        <Button wide look="secondary">
          {t("store.takeBack")}
        </Button>
      </Form>
    </Section>
  );
}
