import { Link } from "@remix-run/react";
import { langOfWords } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ObjectIcon } from "~/ui/icons/ObjectIcon";
import { Tag } from "~/ui/primitives/Page";
import { thingName, unitName } from "./things";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
export type StockedLot = Readonly<{
  lotId: string;
  label: string;
  quantity: bigint;
  packed: string;
  free: bigint;
  bestBefore: string | null;
  expired: boolean;
  /** Days since it came into the store. */
  heldDays: number;
  needCode: string | null;
  itemHans: string | null;
  itemHant: string | null;
  kind: Names & { icon: string };
  unit: (Names & { nameEnPlural: string }) | null;
}>;

const LINK = "inline-flex min-h-tap items-center text-brand underline underline-offset-4";

/** What a lot is called: as its wish asked for it, else by its kind. */
export const nameOfLot = (row: StockedLot) => ({
  itemHans: row.itemHans ?? row.kind.nameHans,
  itemHant: row.itemHant ?? row.kind.nameHant,
});

/** What has lain so long wants somebody to look at it. */
const OLD_DAYS = 30;

/** One lot on the shelf, with its label to print again and the way out of stock. */
export function StockRow({ row, writeOffAt }: { row: StockedLot; writeOffAt: string }) {
  const t = useT();
  const locale = useLocale();
  return (
    <li className="flex items-start gap-3 rounded-lg border-(length:--border) border-line bg-surface p-3">
      <span className="shrink-0 rounded-md bg-brand-soft p-2 text-brand">
        <ObjectIcon name={row.kind.icon} className="size-9" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-semibold" lang={langOfWords(locale)}>
          {thingName(locale, nameOfLot(row))} × {String(row.quantity)}{" "}
          {unitName(locale, row.unit, row.quantity)}
        </p>
        <p className="text-2 text-muted">
          {[
            row.needCode ? t("store.forWish", { code: row.needCode }) : t("store.freeStock"),
            row.bestBefore ? t("store.bestBeforeIs", { day: row.bestBefore }) : "",
            row.packed === "0" ? "" : t("store.packedUnits", { n: row.packed }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <p className="mt-1 flex flex-wrap gap-2">
          <Tag tone={row.heldDays >= OLD_DAYS ? "wait" : "info"}>
            {t("store.inStoreDays", { n: row.heldDays })}
          </Tag>
          {row.expired ? <Tag tone="problem">{t("store.expired")}</Tag> : null}
        </p>
        <p className="flex flex-wrap gap-x-6">
          <Link to={paths(locale).label(row.label)} className={LINK}>
            {t("store.labelTitle", { code: row.label })}
          </Link>
          {row.free > 0n ? (
            <Link to={writeOffAt} className={LINK}>
              {t("store.writeOff")}
            </Link>
          ) : null}
        </p>
      </div>
    </li>
  );
}
