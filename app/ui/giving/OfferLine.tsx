import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { ObjectIcon } from "../icons/ObjectIcon";
import { Tag } from "../primitives/Page";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Offer = Readonly<{ offer: Readonly<{ quantity: bigint; description: string; state: string }>; kind: Names & { icon: string }; unit: Names }>;

/** What was offered to no wish in particular, and how it stands. */
export function OfferLine({ offer: { offer, kind, unit } }: { offer: Offer }) {
  const t = useT();
  const locale = useLocale();
  return (
    <div className="flex gap-4">
      <ObjectIcon name={kind.icon} className="size-10 shrink-0 text-brand" />
      <div className="flex-1">
        <p className="font-semibold">
          {nameIn(locale, kind)} × {String(offer.quantity)} {nameIn(locale, unit)}
        </p>
        <p className="text-2 text-muted" lang="zh-Hans">
          {offer.description}
        </p>
      </div>
      <Tag tone={offer.state === "received" ? "done" : offer.state === "declined" || offer.state === "withdrawn" ? "problem" : "wait"}>
        {t(`gifts.state_${offer.state}` as MessageKey)}
      </Tag>
    </div>
  );
}
