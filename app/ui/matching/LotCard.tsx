import { Form } from "@remix-run/react";
import { wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { RequestKey } from "../primitives/FormParts";
import { Card } from "../primitives/Page";
import { Reasons } from "./Reasons";

type Candidate = Readonly<{
  line: Readonly<{ id: string; itemHans: string; itemHant: string; open: bigint }>;
  need: Readonly<{ code: string; titleHans: string; titleHant: string }>;
  score: number;
  reasons: Record<string, number>;
}>;
type Row = Readonly<{ lot: Readonly<{ id: string; label: string; quantity: bigint }>; description: string; candidates: readonly Candidate[] }>;

/** Something in the store that belongs to nobody yet, and the lines it would serve best. */
export function LotCard({ row, requestKey }: { row: Row; requestKey: string }) {
  const t = useT();
  const locale = useLocale();
  return (
    <li>
      <Card>
        <p className="text-4 font-semibold">
          {row.lot.label} × {String(row.lot.quantity)}
        </p>
        <p className="text-2 text-muted" lang="zh-Hans">
          {row.description}
        </p>
        <p className="mt-3 font-semibold">{t("matching.candidates")}</p>
        {row.candidates.length === 0 ? <p className="text-muted">{t("matching.noCandidates")}</p> : null}
        <ul className="mt-1 divide-y divide-line">
          {row.candidates.map(({ line, need, score, reasons }) => (
            <li key={line.id} className="flex flex-wrap items-center justify-between gap-3 py-3">
              <div>
                <p lang="zh-Hans">
                  {need.code} · {wordsIn(locale, need.titleHans, need.titleHant)}
                </p>
                <Reasons score={score} reasons={reasons} />
              </div>
              <Form method="post">
                <RequestKey value={requestKey} />
                <input type="hidden" name="lotId" value={row.lot.id} />
                <input type="hidden" name="lineId" value={line.id} />
                <input type="hidden" name="quantity" value={String(row.lot.quantity < line.open ? row.lot.quantity : line.open)} />
                <Button look="secondary">{t("matching.propose")}</Button>
              </Form>
            </li>
          ))}
        </ul>
      </Card>
    </li>
  );
}
