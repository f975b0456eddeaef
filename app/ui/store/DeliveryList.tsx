import { daysSince, list, moment } from "~/i18n/format";
import { langOfWords, nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Tag } from "../primitives/Page";
import { DeliveryTag, type TaggedDelivery } from "./DeliveryTag";
import { thing } from "./things";
import { WorkList, WorkRow } from "./WorkRow";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Item = Readonly<{
  item: { quantity: bigint };
  itemHans: string;
  itemHant: string;
  unit: Names & { nameEnPlural: string };
  icon: string | null;
}>;
export type ListedDelivery = TaggedDelivery &
  Readonly<{
    id: string;
    code: string;
    town: Names;
    pseudonym: string | null;
    courier: string | null;
    dispatchedAt: Date | null;
    items: readonly Item[];
  }>;

/** A parcel is brought on the day it leaves, or the next: after so many days somebody should ask. */
const OUT_DAYS = 3;

type Out = ListedDelivery & Readonly<{ dispatchedAt: Date }>;
const isLate = (row: ListedDelivery, now: Date): row is Out =>
  row.state === "dispatched" && row.dispatchedAt !== null && daysSince(row.dispatchedAt, now) >= OUT_DAYS;

/** Deliveries as work to open: what is in them, for whom by pseudonym and town, who has them. */
export function DeliveryList({
  rows,
  to,
  showCourier = false,
  now,
}: {
  rows: readonly ListedDelivery[];
  to: (id: string) => string;
  showCourier?: boolean;
  /** Where given, parcels that have been out for too long are marked. */
  now?: Date;
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <WorkList>
      {rows.map((row) => (
        <WorkRow
          key={row.id}
          to={to(row.id)}
          icon={row.items[0]?.icon ?? null}
          lang={langOfWords(locale)}
          title={list(
            locale,
            row.items.map((item) => thing(locale, item, item.item.quantity)),
          )}
          meta={[
            row.pseudonym,
            nameIn(locale, row.town),
            row.code,
            showCourier && row.courier ? t("store.carriedBy", { name: row.courier }) : "",
            row.dispatchedAt ? moment(locale, row.dispatchedAt) : "",
          ]
            .filter(Boolean)
            .join(" · ")}
          tag={
            <>
              <DeliveryTag delivery={row} />
              {now && isLate(row, now) ? (
                <Tag tone="problem">{t("store.outSince", { n: daysSince(row.dispatchedAt, now) })}</Tag>
              ) : null}
            </>
          }
        />
      ))}
    </WorkList>
  );
}
