import type { ExpectedParcel } from "~/domain/delivery/lookUpQueries.server";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "~/ui/primitives/Button";
import { Tag } from "~/ui/primitives/Page";
import { ThingCard } from "./ThingCard";
import { thingName, unitName } from "./things";

/**
 * One promise that a code at the counter names: what is still to come of it, or in words why it cannot be
 * received.
 */
export function ExpectedCard({ row, pointId }: { row: ExpectedParcel; pointId: string }) {
  const t = useT();
  const locale = useLocale();
  const amount = (n: bigint) => ({ n: String(n), unit: unitName(locale, row.unit, n) });
  const expected = row.status === "expected";
  return (
    <li className="grid gap-3">
      <ThingCard icon={row.icon} name={thingName(locale, row)}>
        <p className="flex flex-wrap items-center gap-2">
          <Tag tone={expected ? "done" : "problem"}>{t(`store.status_${row.status}`)}</Tag>
          <span>{t("store.claimedUnits", amount(row.pledge.quantity))}</span>
          {expected ? (
            <span className="font-semibold text-ink">{t("store.leftUnits", amount(row.left))}</span>
          ) : null}
        </p>
        <p>
          {[row.giftCode, t("store.forWish", { code: row.needCode }), row.purchase?.code]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {row.status === "expected" ? null : <p className="text-ink">{t(`store.status_${row.status}Text`)}</p>}
        {expected && row.point && row.point.id !== pointId ? (
          <p>{t("store.otherPoint", { point: nameIn(locale, row.point) })}</p>
        ) : null}
      </ThingCard>
      {expected ? (
        <LinkButton wide to={paths(locale).countParcel(pointId, row.pledge.id, row.purchase?.id)}>
          {t("store.takeThis")}
        </LinkButton>
      ) : null}
    </li>
  );
}
