import { Form, Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { aside, day } from "~/i18n/format";
import { langOfWords, nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "../primitives/Button";
import { Card, Facts, Tag } from "../primitives/Page";
import type { ShownReferral } from "./ReferralWay";
import { TONES } from "./tones";

const LINK = "inline-flex min-h-tap items-center text-brand underline underline-offset-4";

/**
 * Who is brought to whom, what for, how it stands and by when the next word is due. The words show under an
 * opened record only.
 */
export function ReferralFacts({ shown }: { shown: ShownReferral }) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { referral, household, item, owners, next, opened, hasAsked } = shown;
  const lead = owners.find((owner) => owner.isLead);
  const rows = [
    [
      t("common.state"),
      <span key="state" className="inline-flex flex-wrap gap-1">
        <Tag tone={TONES[referral.state]}>{t(`referrals.state_${referral.state}`)}</Tag>
        {referral.escalatedAt ? <Tag tone="problem">{t("referrals.escalatedTag")}</Tag> : null}
      </span>,
    ],
    referral.closedReason ? [t("common.reason"), t(`referrals.reason_${referral.closedReason}`)] : undefined,
    referral.dueAt ? [t("referrals.due"), day(locale, referral.dueAt)] : undefined,
    [
      t("referrals.household"),
      <Link key="household" to={at.household(household.id)} className={LINK}>
        {household.code}
      </Link>,
    ],
    [t("referrals.town"), nameIn(locale, shown.town)],
    item
      ? [
          t("referrals.item"),
          <Link key="item" to={at.listItem(item.list, item.code)} className={LINK}>
            {item.name}
          </Link>,
        ]
      : undefined,
    item && lead
      ? [
          t("referrals.department"),
          <span key="lead" lang={langOfWords(locale)}>
            {lead.department}
          </span>,
        ]
      : undefined,
    next
      ? [
          t("referrals.next"),
          <Link key="next" to={at.referral(next.id)} className={LINK}>
            {next.code}
          </Link>,
        ]
      : undefined,
  ].filter((row) => row !== undefined) as [string, ReactNode][];
  return (
    <Card>
      <Facts rows={rows} />
      {hasAsked ? (
        <div className="mt-4 border-t-(length:--border) border-line pt-4">
          <h2 className="text-4">{t("referrals.asked")}</h2>
          {opened ? (
            <p lang="zh-Hans" className="whitespace-pre-line">
              {opened.asked}
            </p>
          ) : (
            <Form method="post" className="mt-2 grid justify-items-start gap-2">
              <p className="text-muted">{t("referrals.askedClosed")}</p>
              <Button look="secondary" name="intent" value="open">
                {t("sheet.open") + aside(locale, t("households.reason_entitlements"))}
              </Button>
            </Form>
          )}
        </div>
      ) : null}
    </Card>
  );
}
