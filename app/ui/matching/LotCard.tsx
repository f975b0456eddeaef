import { Form } from "@remix-run/react";
import { calendarDay } from "~/i18n/format";
import { nameIn, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { NumberField } from "~/ui/store/NumberField";
import { unitName } from "~/ui/store/things";
import { Button } from "../primitives/Button";
import { RequestKey } from "../primitives/FormParts";
import { Card } from "../primitives/Page";
import { reasonWords } from "./Reasons";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Unit = Names & Readonly<{ nameEnPlural: string }>;
type Candidate = Readonly<{
  line: Readonly<{ id: string; itemHans: string; itemHant: string; open: bigint }>;
  need: Readonly<{ code: string; titleHans: string; titleHant: string }>;
  reasons: Record<string, number>;
  lineUnit: Unit & Readonly<{ code: string }>;
  requestKey: string;
}>;
type Row = Readonly<{
  lot: Readonly<{ id: string; label: string; bestBefore: string | null }>;
  free: bigint;
  stock: bigint;
  kind: Names;
  unit: Unit & Readonly<{ code: string }>;
  point: Names;
  description: string | null;
  candidates: readonly Candidate[];
}>;

/**
 * Something in the store that belongs to nobody yet, with everybody it could serve; several may share it.
 */
export function LotCard({ row }: { row: Row }) {
  const t = useT();
  const locale = useLocale();
  const amount = (n: bigint) => ({ n: String(n), unit: unitName(locale, row.unit, n) });
  return (
    <li>
      <Card>
        <h3 className="text-4 font-semibold">
          {nameIn(locale, row.kind)} × {String(row.free)} {unitName(locale, row.unit, row.free)}
        </h3>
        <p className="text-2 text-muted">
          {nameIn(locale, row.point)}
          {` · ${row.lot.label}`}
          {row.lot.bestBefore
            ? ` · ${t("matching.bestBefore", { day: calendarDay(locale, row.lot.bestBefore) })}`
            : ""}
          {row.free < row.stock ? ` · ${t("matching.keptOf", amount(row.stock - row.free))}` : ""}
        </p>
        {row.description ? (
          <p className="text-2 text-muted" lang="zh-Hans">
            {row.description}
          </p>
        ) : null}
        <p className="mt-3 font-semibold">{t("matching.candidates")}</p>
        {row.candidates.length === 0 ? <p className="text-muted">{t("matching.noCandidates")}</p> : null}
        <ul className="mt-1 divide-y divide-line">
          {row.candidates.map(({ line, need, lineUnit, reasons, requestKey }) => (
            <li key={line.id} className="grid gap-3 py-3 sm:grid-cols-[1fr_auto] sm:items-end">
              <div>
                <p lang="zh-Hans">
                  {wordsIn(locale, need.titleHans, need.titleHant)}{" "}
                  <span className="text-1 text-muted">{need.code}</span>
                </p>
                <p className="text-2">
                  {t("matching.stillOpen", {
                    n: String(line.open),
                    unit: unitName(locale, lineUnit, line.open),
                  })}
                  {lineUnit.code === row.unit.code
                    ? null
                    : ` · ${t("matching.otherUnit", { unit: unitName(locale, row.unit, 2) })}`}
                </p>
                <p className="text-2 text-muted">{reasonWords(t, reasons).join(" · ")}</p>
              </div>
              <Form method="post" className="flex flex-wrap items-end gap-3">
                <RequestKey value={requestKey} />
                <input type="hidden" name="lotId" value={row.lot.id} />
                <input type="hidden" name="lineId" value={line.id} />
                <div className="w-32">
                  <NumberField
                    name="quantity"
                    label={t("matching.howMany", { unit: unitName(locale, row.unit, 2) })}
                    reply={undefined}
                    value={row.free < line.open ? row.free : line.open}
                  />
                </div>
                <Button look="secondary" aria-label={t("matching.proposeFor", { code: need.code })}>
                  {t("matching.propose")}
                </Button>
              </Form>
            </li>
          ))}
        </ul>
      </Card>
    </li>
  );
}
