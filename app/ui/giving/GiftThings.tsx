import type { ComponentProps } from "react";
import { useT } from "~/i18n/useT";
import { Card, Facts } from "../primitives/Page";
import { GiftLines } from "./GiftLines";
import { OfferLine, OfferNext } from "./OfferLine";

type Props = Readonly<{
  gift: Readonly<{ code: string; displayChoice: string | null; displayName: string | null }>;
  rows: ComponentProps<typeof GiftLines>["rows"];
  offer: ComponentProps<typeof OfferNext>["offer"] | undefined;
  qr: ComponentProps<typeof OfferNext>["qr"];
}>;

/**
 * What a gift is of: promises line by line, or an offer with its next step; and the name under which it is
 * shown.
 */
export function GiftThings({ gift, rows, offer, qr }: Props) {
  const t = useT();
  return (
    <Card className="mt-4">
      {rows.length > 0 ? <GiftLines rows={rows} /> : null}
      {offer ? (
        <>
          <OfferLine offer={offer} />
          <OfferNext offer={offer} code={gift.code} qr={qr} />
        </>
      ) : null}
      {gift.displayChoice ? (
        <div className="mt-4 border-t border-line pt-4">
          <Facts rows={[[t("gifts.yourName"), gift.displayName ?? t("gifts.kindPerson")]]} />
        </div>
      ) : null}
    </Card>
  );
}
