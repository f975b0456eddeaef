import type { ComponentProps } from "react";
import { useT } from "~/i18n/useT";
import { CorrectionCard } from "~/ui/store/CorrectionCard";
import { EmptyState, Section } from "../primitives/Page";
import { Pagination } from "../primitives/Pagination";
import { LotCard } from "./LotCard";
import { OfferCard } from "./OfferCard";
import { ProposalCard } from "./ProposalCard";

type Desk = Readonly<{
  offers: readonly ComponentProps<typeof OfferCard>["row"][];
  points: ComponentProps<typeof OfferCard>["points"];
  lots: readonly (ComponentProps<typeof LotCard>["row"] & Pick<ComponentProps<typeof LotCard>, "moreAt">)[];
  proposed: readonly ComponentProps<typeof ProposalCard>["row"][];
  corrections: readonly ComponentProps<typeof CorrectionCard>["row"][];
  moreOffers: string | undefined;
  moreLots: string | undefined;
  moreProposed: string | undefined;
}>;

/** The desk's four lists, each a page of its own. */
export function DeskLists({
  desk: { offers, lots, proposed, corrections, points, ...more },
}: {
  desk: Desk;
}) {
  const t = useT();
  return (
    <>
      <Section title={t("matching.offers")}>
        {offers.length === 0 ? <EmptyState title={t("matching.noOffers")} /> : null}
        <ul className="grid gap-4">
          {offers.map((row) => (
            <OfferCard key={row.offer.id} row={row} points={points} />
          ))}
        </ul>
        <Pagination next={more.moreOffers} label={t("matching.offers")} />
      </Section>
      <Section title={t("matching.freeLots")}>
        {lots.length === 0 ? <EmptyState title={t("matching.noLots")} /> : null}
        <ul className="grid gap-4">
          {lots.map((row) => (
            <LotCard key={row.lot.id} row={row} moreAt={row.moreAt} />
          ))}
        </ul>
        <Pagination next={more.moreLots} label={t("matching.freeLots")} />
      </Section>
      <Section title={t("matching.proposed")}>
        {proposed.length === 0 ? <EmptyState title={t("common.none")} /> : null}
        <ul className="grid gap-4">
          {proposed.map((row) => (
            <ProposalCard key={row.allocation.id} row={row} />
          ))}
        </ul>
        <Pagination next={more.moreProposed} label={t("matching.proposed")} />
      </Section>
      {corrections.length > 0 ? (
        <Section title={t("store.corrections")}>
          <ul className="grid gap-4">
            {corrections.map((row) => (
              <CorrectionCard key={row.correction.id} row={row} />
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}
