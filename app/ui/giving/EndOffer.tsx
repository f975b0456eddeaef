import { useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";

/** The donor's word that nothing, or nothing more, of an offer will come. Offers that ended show nothing. */
export function EndOffer({ offer }: { offer: Readonly<{ id: string; state: string; arrived: bigint }> }) {
  const t = useT();
  if (offer.state !== "offered" && offer.state !== "accepted") return null;
  const part = offer.arrived > 0n;
  return (
    <form method="post" className="no-print mt-2">
      <input type="hidden" name="offerId" value={offer.id} />
      <AskFirst
        name="intent"
        value="endOffer"
        isSmall
        label={t(part ? "gifts.endOfferRest" : "gifts.endOffer")}
        says={t(part ? "gifts.endOfferRestSays" : "gifts.endOfferSays")}
      />
    </form>
  );
}
