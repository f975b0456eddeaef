import { day, list } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import type { NeedState } from "~db/schema/needs";
import { toneOfState } from "../organisation/toneOfState";
import { TextLink } from "../primitives/Button";
import { Card, Facts, Tag } from "../primitives/Page";

type Consent = Readonly<{ id: string; scope: string; givenAt: Date; withdrawnAt: Date | null }>;
type Props = Readonly<{
  household: Readonly<{
    heads: number;
    town: Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
  }>;
  needs: readonly Readonly<{ id: string; code: string; state: NeedState }>[];
  consents: readonly Consent[];
  /** Where a wish is read; undefined for those who see its code alone. */
  toNeed: ((id: string) => string) | undefined;
}>;

/** Those of which the same is to be said, under it. */
function together<T>(all: readonly T[], said: (one: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(said(one), [...(groups.get(said(one)) ?? []), one]);
  return [...groups];
}

/** What staff know of a household without opening its record: town, wishes, and what it consented to. */
export function HouseholdFacts({ household, needs, consents, toNeed }: Props) {
  const t = useT();
  const locale = useLocale();
  const when = ({ givenAt, withdrawnAt }: Consent) =>
    [
      t("households.consentSince", { time: day(locale, givenAt) }),
      withdrawnAt ? t("households.consentEnded", { time: day(locale, withdrawnAt) }) : "",
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <Card>
      <Facts
        rows={[
          [
            t("wishes.town"),
            `${nameIn(locale, household.town)} · ${t("review.heads", { n: household.heads })}`,
          ],
          ...needs.map(
            (need) =>
              [
                t("households.wishesTitle"),
                <span key={need.id} className="flex flex-wrap items-center gap-x-3">
                  {toNeed ? <TextLink to={toNeed(need.id)}>{need.code}</TextLink> : need.code}
                  <Tag tone={toneOfState(need.state)}>{t(`review.state_${need.state}`)}</Tag>
                </span>,
              ] as const,
          ),
          ...together(consents, (consent) => when(consent)).map(
            ([time, same]) =>
              [
                t("households.consentsTitle"),
                `${list(
                  locale,
                  same.map(({ scope }) => t(`intake.scope_${scope}` as MessageKey)),
                )} · ${time}`,
              ] as const,
          ),
        ]}
      />
    </Card>
  );
}
