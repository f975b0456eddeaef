import { Form } from "@remix-run/react";
import { calendarDay } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Button, TextLink } from "../primitives/Button";
import { type Reply, TICK } from "../primitives/Field";
import { EmptyState } from "../primitives/Page";
import { NumberField } from "../store/NumberField";
import { unitName } from "../store/things";
import { type Waiting, WhoWaits } from "./WhoWaits";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
export type FreeLot = Readonly<{
  lot: Readonly<{ id: string; label: string; bestBefore: string | null }>;
  free: bigint;
  stock: bigint;
  kind: Names;
  unit: Names & Readonly<{ nameEnPlural: string }>;
  point: Names;
  description: string | null;
  pairs: readonly Readonly<{
    requestKey: string;
    quantity: bigint;
    candidate: Waiting & Readonly<{ reasons: Record<string, number> }>;
  }>[];
  /** Where the lot goes on: everybody it could serve. */
  moreAt: string | undefined;
}>;

/**
 * What is free, each thing with whom it would serve best chosen beforehand: what is ticked is proposed in one
 * press.
 */
export function FreeLots({
  lots,
  now,
  reply,
}: {
  lots: readonly FreeLot[];
  now: Date;
  reply: Reply | undefined;
}) {
  const t = useT();
  const first = firstPlaces(lots);
  if (lots.length === 0) return <EmptyState title={t("matching.noLots")} />;
  return (
    <Form method="post" className="grid gap-4">
      <ul className="grid gap-4">
        {lots.map((row, index) => (
          <LotOf key={row.lot.id} row={row} first={first[index] ?? 0} now={now} reply={reply} />
        ))}
      </ul>
      {lots.some(({ pairs }) => pairs.length > 0) ? (
        <div className="grid justify-items-start gap-2">
          <p className="text-2 text-muted">{t("matching.proposeSays")}</p>
          <Button name="intent" value="proposeMany">
            {t("matching.proposeAll")}
          </Button>
        </div>
      ) : null}
    </Form>
  );
}

/** The number of each lot's first pair among all of the form. */
function firstPlaces(lots: readonly FreeLot[]): number[] {
  const places: number[] = [];
  let next = 0;
  for (const { pairs } of lots) {
    places.push(next);
    next += pairs.length;
  }

  return places;
}

type LotProps = Readonly<{ row: FreeLot; first: number; now: Date; reply: Reply | undefined }>;

function LotOf({ row, first, now, reply }: LotProps) {
  const t = useT();
  const locale = useLocale();
  const amount = (n: bigint) => ({ n: String(n), unit: unitName(locale, row.unit, n) });
  return (
    <li className="rounded-lg border-(length:--border) border-line bg-surface p-4">
      <h3 className="text-4 font-semibold">
        {nameIn(locale, row.kind)} × {String(row.free)} {unitName(locale, row.unit, row.free)}
      </h3>
      <p className="text-2 text-muted">
        {[
          nameIn(locale, row.point),
          row.lot.bestBefore
            ? t("matching.bestBefore", { day: calendarDay(locale, row.lot.bestBefore) })
            : "",
          row.free < row.stock ? t("matching.keptOf", amount(row.stock - row.free)) : "",
          row.lot.label,
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {row.description ? (
        <p className="text-2 text-muted" lang="zh-Hans">
          {row.description}
        </p>
      ) : null}
      {row.pairs.length === 0 ? (
        <p className="mt-2 text-muted">{t(row.moreAt ? "matching.noneChosen" : "matching.noCandidates")}</p>
      ) : null}
      <ul className="mt-2 divide-y divide-line empty:hidden">
        {row.pairs.map(({ candidate, quantity, requestKey }, index) => {
          const name = (field: string) => `pairs[${first + index}].${field}`;
          const same =
            reply?.values[name("lotId")] === row.lot.id && reply.values[name("lineId")] === candidate.line.id
              ? reply
              : undefined;
          return (
            <li key={candidate.line.id} className="grid gap-3 py-3 sm:grid-cols-[1fr_7rem] elder:grid-cols-1">
              <input type="hidden" name={name("lotId")} value={row.lot.id} />
              <input type="hidden" name={name("lineId")} value={candidate.line.id} />
              <input type="hidden" name={name("requestKey")} value={requestKey} />
              <label className="flex min-h-tap cursor-pointer items-start gap-3">
                <input
                  type="checkbox"
                  name={name("take")}
                  value="yes"
                  defaultChecked={same === undefined || same.values[name("take")] === "yes"}
                  className={`${TICK} mt-0.5`}
                />
                <WhoWaits row={candidate} now={now} reasons={candidate.reasons} />
              </label>
              <NumberField
                name={name("quantity")}
                label={t("matching.give", { unit: unitName(locale, row.unit, 2) })}
                reply={same}
                value={quantity}
              />
            </li>
          );
        })}
      </ul>
      {row.moreAt ? (
        <TextLink to={row.moreAt}>
          {t(row.pairs.length === 0 ? "matching.candidates" : "matching.moreCandidates")}
        </TextLink>
      ) : null}
    </li>
  );
}
