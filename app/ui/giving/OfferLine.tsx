import type { QrDrawing } from "~/http/qr.server";
import { count, nearDay } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { ObjectIcon } from "../icons/ObjectIcon";
import { Tag } from "../primitives/Page";
import { CounterCode } from "./CounterCode";
import { type Place, PlaceLine } from "./PlaceLine";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Offer = Readonly<{
  offer: Readonly<{
    quantity: bigint;
    description: string;
    state: string;
    dueAt: Date | null;
    declineReason: string | null;
  }>;
  kind: Names & { icon: string };
  unit: Names;
  point: Place | null;
}>;

/** What was offered to no wish in particular, and how it stands. */
export function OfferLine({ offer: { offer, kind, unit } }: { offer: Offer }) {
  const t = useT();
  const locale = useLocale();
  return (
    <div className="flex gap-4">
      <ObjectIcon name={kind.icon} className="size-10 shrink-0 text-brand" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1">
          <p className="font-semibold">
            {nameIn(locale, kind)} × {count(locale, offer.quantity)} {nameIn(locale, unit)}
          </p>
          <Tag
            tone={
              offer.state === "received"
                ? "done"
                : offer.state === "declined" || offer.state === "withdrawn"
                  ? "problem"
                  : "wait"
            }
          >
            {t(`gifts.state_${offer.state}` as MessageKey)}
          </Tag>
        </div>
        <p className="text-2 text-muted" lang="zh-Hans">
          {offer.description}
        </p>
      </div>
    </div>
  );
}

/**
 * What happens next with an offer: an answer is awaited; or where to bring it and until when; or why it was
 * not taken.
 */
export function OfferNext({
  offer: { offer, point },
  code,
  qr,
}: {
  offer: Offer;
  code: string;
  qr: QrDrawing | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  const open = offer.state === "offered" || offer.state === "accepted";
  if (!open && offer.declineReason === null) return null;
  return (
    <div className="mt-4 border-t border-line pt-4">
      {offer.state === "offered" ? <p>{t("gifts.offerWaits")}</p> : null}
      {offer.state === "accepted" && point ? (
        <>
          <p className="text-muted">
            {offer.dueAt === null
              ? t("gifts.bringTo")
              : t("gifts.offerBy", { day: nearDay(locale, offer.dueAt) })}
          </p>
          <PlaceLine place={point} />
          {qr ? <CounterCode code={code} qr={qr} /> : null}
        </>
      ) : null}
      {offer.declineReason === null ? null : (
        <p>
          {t("gifts.offerDeclinedWhy", {
            reason: t(`matching.decline_${offer.declineReason}` as MessageKey),
          })}
        </p>
      )}
    </div>
  );
}
