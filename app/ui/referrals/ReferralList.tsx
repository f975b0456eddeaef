import type { ReferralRow } from "~/domain/referrals/lists.server";
import { day } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Tag } from "../primitives/Page";
import { StaffList } from "../primitives/StaffList";
import { TONES } from "./tones";

/**
 * Open referrals as a list of work: what for, which household and department, how it stands and by when the
 * next word is due.
 */
export function ReferralList({
  rows,
  place,
}: {
  rows: readonly ReferralRow[];
  /** Where in the list whoever opens one goes back to. */
  place: Readonly<Record<string, string | undefined>>;
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <StaffList
      rows={rows.map((row) => ({
        key: row.id,
        to: paths(locale).referral(row.id, place),
        title: row.item ?? t("referrals.joint"),
        meta: (
          <>
            {row.code} · {row.household} · {nameIn(locale, row.town)} · <span lang="zh-Hans">{row.lead}</span>
            {row.dueAt ? ` · ${t("referrals.dueOn", { day: day(locale, row.dueAt) })}` : null}
          </>
        ),
        tag: (
          <span className="inline-flex flex-wrap gap-1">
            {row.isEscalated ? (
              <Tag tone="problem">{t("referrals.escalatedTag")}</Tag>
            ) : row.isLate ? (
              <Tag tone="problem">{t("referrals.lateTag")}</Tag>
            ) : null}
            {row.item === null ? <Tag tone="info">{t("referrals.jointTag")}</Tag> : null}
            <Tag tone={TONES[row.state]}>{t(`referrals.state_${row.state}`)}</Tag>
          </span>
        ),
      }))}
    />
  );
}
