import { MOST_WAITING } from "~/domain/kernel/waiting";
import type { openFollowUps } from "~/domain/referrals/queries.server";
import { aside, counted, day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { EmptyState, Section, Tag } from "../primitives/Page";
import { StaffList } from "../primitives/StaffList";

type FollowUps = Awaited<ReturnType<typeof openFollowUps>>;

/** Households that a referral did not help, the one due first at the top. */
export function FollowUpList({ followUps }: { followUps: FollowUps }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Section title={t("referrals.followUps") + aside(locale, counted(locale, followUps.count, MOST_WAITING))}>
      {followUps.rows.length === 0 ? <EmptyState title={t("referrals.followUpsNone")} /> : null}
      {followUps.rows.length > 0 ? (
        <StaffList
          rows={followUps.rows.map((row) => ({
            key: row.referralId,
            to: paths(locale).referral(row.referralId),
            title: row.item ?? t("referrals.joint"),
            meta: `${row.household} · ${t(`referrals.reason_${row.reason}`)} · ${t("referrals.followUpBy", { day: day(locale, row.dueAt) })}`,
            tag: row.isLate ? <Tag tone="problem">{t("referrals.lateTag")}</Tag> : undefined,
          }))}
        />
      ) : null}
    </Section>
  );
}
