import type { ComponentProps } from "react";
import { aside, count, day } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { CorrectionCard } from "~/ui/store/CorrectionCard";
import type { Reply } from "../primitives/Field";
import { EmptyState, Section, Tag } from "../primitives/Page";
import { Pagination } from "../primitives/Pagination";
import { unitName } from "../store/things";
import { type FreeLot, FreeLots } from "./FreeLots";
import { OfferCard } from "./OfferCard";
import { MyProposals, type Proposal, ToApprove } from "./Proposals";
import { type Waiting, WhoWaits } from "./WhoWaits";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Coming = Readonly<{
  offer: Readonly<{ id: string; dueAt: Date | null; toCome: bigint }>;
  kind: Names;
  unit: Names & Readonly<{ nameEnPlural: string }>;
  point: Names;
}>;
type Desk = Readonly<{
  now: Date;
  offers: readonly ComponentProps<typeof OfferCard>["row"][];
  points: ComponentProps<typeof OfferCard>["points"];
  coming: readonly Coming[];
  lots: readonly FreeLot[];
  waiting: readonly (Waiting & Readonly<{ kind: Names; chosen: boolean }>)[];
  proposed: readonly Proposal[];
  corrections: readonly ComponentProps<typeof CorrectionCard>["row"][];
  moreOffers: string | undefined;
  moreLots: string | undefined;
  moreWaiting: string | undefined;
  moreProposed: string | undefined;
}>;

/** The desk on one page: what waits for a second person, then what is free beside who waits for it. */
export function DeskLists({ desk, reply }: { desk: Desk; reply: Reply | undefined }) {
  const t = useT();
  const locale = useLocale();
  const others = desk.proposed.filter(({ mine }) => !mine);
  const mine = desk.proposed.filter((row) => row.mine);
  return (
    <>
      {others.length > 0 ? (
        <Section title={t("matching.toApprove") + aside(locale, count(locale, others.length))}>
          <ToApprove rows={others} />
        </Section>
      ) : null}
      <div className="grid gap-x-8 lg:grid-cols-[3fr_2fr] elder:grid-cols-1">
        <div className="min-w-0">
          <Section title={t("matching.freeLots")}>
            <FreeLots lots={desk.lots} now={desk.now} reply={reply} />
            <Pagination next={desk.moreLots} label={t("matching.freeLots")} />
          </Section>
          {desk.coming.length > 0 ? (
            <Section title={t("matching.coming")}>
              <ComingList rows={desk.coming} />
            </Section>
          ) : null}
          <Section title={t("matching.offers")}>
            {desk.offers.length === 0 ? <EmptyState title={t("matching.noOffers")} /> : null}
            <ul className="grid gap-4">
              {desk.offers.map((row) => (
                <OfferCard key={row.offer.id} row={row} points={desk.points} />
              ))}
            </ul>
            <Pagination next={desk.moreOffers} label={t("matching.offers")} />
          </Section>
        </div>
        <Section title={t("matching.waiting")}>
          {desk.waiting.length === 0 ? <EmptyState title={t("matching.noWaiting")} /> : null}
          <ul className="divide-y divide-line rounded-lg border-(length:--border) border-line bg-surface px-4 empty:hidden">
            {desk.waiting.map((row) => (
              <li key={row.line.id} className="flex flex-wrap items-start justify-between gap-2 py-3">
                <span className="min-w-0 flex-1 basis-48">
                  <span className="block text-2 text-muted">{nameIn(locale, row.kind)}</span>
                  <WhoWaits row={row} now={desk.now} />
                </span>
                {row.chosen ? <Tag tone="done">{t("matching.chosen")}</Tag> : null}
              </li>
            ))}
          </ul>
          <Pagination next={desk.moreWaiting} label={t("matching.waiting")} />
        </Section>
      </div>
      {mine.length > 0 ? (
        <Section title={t("matching.mine") + aside(locale, count(locale, mine.length))}>
          <MyProposals rows={mine} />
        </Section>
      ) : null}
      <Pagination next={desk.moreProposed} label={t("matching.proposed")} />
      {desk.corrections.length > 0 ? (
        <Section title={t("store.corrections")}>
          <ul className="grid gap-4">
            {desk.corrections.map((row) => (
              <CorrectionCard key={row.correction.id} row={row} />
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function ComingList({ rows }: { rows: readonly Coming[] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <ul className="divide-y divide-line rounded-lg border-(length:--border) border-line bg-surface px-4">
      {rows.map(({ offer, kind, unit, point }) => (
        <li key={offer.id} className="py-3">
          <span className="block font-semibold">
            {nameIn(locale, kind)} × {String(offer.toCome)} {unitName(locale, unit, offer.toCome)}
          </span>
          {offer.dueAt ? (
            <span className="block text-2 text-muted">
              {t("matching.comingDue", { day: day(locale, offer.dueAt), point: nameIn(locale, point) })}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
