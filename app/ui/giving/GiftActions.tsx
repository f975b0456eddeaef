import type { QrDrawing } from "~/http/qr.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { Card } from "../primitives/Page";
import { BringPart } from "./BringPart";
import { CollectionPart, type GiftCollection } from "./CollectionPart";
import type { GiftRow } from "./GiftLines";
import type { Place } from "./PlaceLine";
import { ServicePart } from "./ServicePart";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Row = GiftRow & Readonly<{ town: Names; townCode: string; townPhone: string | null }>;
type Props = Readonly<{
  page: Readonly<{
    isNew: boolean;
    gift: Readonly<{ code: string; kind: string; arrivalWay: string | null }>;
    rows: readonly Row[];
    point: Place | undefined;
  }>;
  collection: GiftCollection | undefined;
  qr: QrDrawing | undefined;
  reply: Reply | undefined;
}>;

const isOpen = ({ pledge }: Row): boolean =>
  pledge.state === "confirmed" && pledge.quantity > pledge.settled + pledge.givenBack;
const sooner = (a: Date | null, b: Date | null): Date | null => (a === null || (b !== null && b < a) ? b : a);

/**
 * What the donor can or should do now: confirm, bring it, have it collected, agree on the day of a service,
 * say it was sent.
 */
export function GiftActions({ page: { gift, rows, point, isNew }, collection, qr, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  const held = rows.some((row) => row.pledge.state === "promised");
  const goods = rows.filter((row) => isOpen(row) && row.pledge.kind === "goods");
  const services = rows.filter((row) => isOpen(row) && row.pledge.kind === "service");
  const dueAt = goods.reduce<Date | null>((first, row) => sooner(first, row.pledge.dueAt), null);
  const isCollected =
    collection !== undefined && (collection.state === "asked" || collection.state === "missed");
  if (!held && goods.length === 0 && services.length === 0) return null;
  return (
    <Card className="mt-4">
      {/* Of a gift that was made just now the steps stand above. */}
      {isNew ? null : <h2 className="mb-3 text-4">{t("gifts.nextSteps")}</h2>}
      {held ? (
        <p>
          <LinkButton to={paths(locale).confirmGift(gift.code)}>{t("gifts.confirmNow")}</LinkButton>
        </p>
      ) : null}
      {goods.length > 0 && point && isCollected ? (
        <CollectionPart collection={collection} point={point} reply={reply} />
      ) : null}
      {goods.length > 0 && collection?.state === "collected" ? (
        <p className="mt-3">{t("gifts.collectCollected")}</p>
      ) : null}
      {goods.length > 0 && point && !isCollected && collection?.state !== "collected" ? (
        <BringPart
          code={gift.code}
          dueAt={dueAt}
          point={point}
          qr={qr}
          byCourier={gift.arrivalWay === "courier"}
          reply={reply}
        />
      ) : null}
      {services.length > 0 ? <ServicePart services={services} /> : null}
    </Card>
  );
}
