import { calendarDay, nearCalendarDay } from "~/i18n/format";
import { type Locale, nameIn } from "~/i18n/locales";
import type { Translate } from "~/i18n/translate";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { Notice } from "../primitives/Page";
import { CollectFields } from "./CollectFields";

export type GiftCollection = Readonly<{
  day: string;
  part: "morning" | "afternoon";
  state: string;
  missedWhy: "not_home" | "cannot_come" | "nobody_came" | null;
  where: Readonly<{ address: string; phone: string }> | undefined;
  days: Readonly<{ first: string; last: string }>;
}>;
type Point = Readonly<{ nameHans: string; nameHant: string; nameEn: string; phone: string }>;

/** The day and its half on which the point comes, while it is agreed. */
export const collectedOn = (
  t: Translate,
  locale: Locale,
  collection: GiftCollection | undefined,
): string | undefined =>
  collection?.state === "asked"
    ? `${nearCalendarDay(locale, collection.day)} ${t(`gifts.part_${collection.part}`)}`
    : undefined;

/** When the point comes; or that it was missed, and what its donor can do: another day, or bring it. */
export function CollectionPart({
  collection,
  point,
  reply,
}: {
  collection: GiftCollection;
  point: Point;
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  const { day, part, missedWhy, where, days } = collection;
  const when = `${calendarDay(locale, day)} ${t(`gifts.part_${part}`)}`;
  return (
    <div className="mt-3 grid gap-3">
      <h3 className="font-semibold">{t("gifts.collectTitle")}</h3>
      {missedWhy === null ? (
        <p>{t("gifts.collectOn", { point: nameIn(locale, point), when })}</p>
      ) : (
        <Notice tone="wait">{t(`gifts.collectMissed_${missedWhy}`, { phone: point.phone })}</Notice>
      )}
      {where ? (
        <p className="text-2 text-muted" lang="zh-Hans">
          {where.address} · {where.phone}
        </p>
      ) : null}
      <details open={missedWhy !== null || reply?.values["intent"] === "askAgain"}>
        <summary className="flex min-h-tap cursor-pointer items-center font-semibold text-brand">
          {t(missedWhy === null ? "gifts.collectChange" : "gifts.collectAskAgain")}
        </summary>
        <form method="post" className="mt-2 grid gap-4">
          <input type="hidden" name="intent" value="askAgain" />
          <CollectFields
            days={days}
            known={missedWhy === null ? { day, part, where } : { day: "", part, where }}
            reply={reply?.values["intent"] === "askAgain" ? reply : undefined}
          />
          <div>
            <Button look="secondary">{t("gifts.collectAskAgain")}</Button>
          </div>
        </form>
      </details>
      <form method="post">
        <Button look="quiet" name="intent" value="bringAfterAll">
          {t("gifts.collectBring")}
        </Button>
      </form>
    </div>
  );
}
