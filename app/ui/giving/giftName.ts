import { count, money } from "~/i18n/format";
import { type Locale, nameIn, wordsIn } from "~/i18n/locales";
import type { MessageKey, Namespace } from "~/i18n/messages";
import type { Translate } from "~/i18n/translate";
import type { PublicGroup } from "~db/schema/reference";

/** The words of a donor's page of a gift. */
export const GIFT_WORDS = [
  "gifts",
  "journal",
  "identity",
  "jointDays",
  "matching",
  "giving",
  "pictures",
] as const satisfies readonly Namespace[];

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Row = Readonly<{
  pledge: Readonly<{ quantity: bigint; unitPriceFen: bigint }>;
  lineKind: "goods" | "service" | "money";
  itemHans: string;
  itemHant: string;
  unit: Names;
  town?: Names;
  needKind?: string;
  publicGroup?: PublicGroup | null;
}>;
type Offer = Readonly<{ offer: Readonly<{ quantity: bigint }>; kind: Names; unit: Names }>;

/** A promise as people say it: so many of what, or so much money for what. */
export const thingOf = (locale: Locale, row: Row): string => {
  const item = wordsIn(locale, row.itemHans, row.itemHant);
  if (row.lineKind === "money")
    return `${money(locale, row.pledge.unitPriceFen * row.pledge.quantity)} · ${item}`;
  return locale === "en"
    ? `${count(locale, row.pledge.quantity)} × ${item}`
    : `${count(locale, row.pledge.quantity)} ${nameIn(locale, row.unit)}${item}`;
};

const whomOf = ({ needKind, publicGroup }: Row): MessageKey =>
  needKind === "organisation_need" ? "gifts.whom_organisation" : `gifts.whom_${publicGroup ?? "household"}`;

/**
 * What a gift is, as people would say it: the things, and for whom or at least where. Its code stands beside
 * it.
 */
export function giftName(
  t: Translate,
  locale: Locale,
  rows: readonly Row[],
  offer?: Offer,
): string | undefined {
  const [first] = rows;
  if (!first)
    return (
      offer &&
      `${nameIn(locale, offer.kind)} × ${count(locale, offer.offer.quantity)} ${nameIn(locale, offer.unit)}`
    );
  const things =
    rows.length === 1
      ? thingOf(locale, first)
      : t("gifts.andMore", { thing: thingOf(locale, first), n: rows.length });
  if (!first.town) return things;
  const names = { things, town: nameIn(locale, first.town) };
  return rows.length > 1
    ? t("gifts.nameOfTown", names)
    : t("gifts.nameOf", {
        ...names,
        whom: t(whomOf(first)),
      });
}

/** The unit in which everything of a gift is counted; none where its things are counted in several. */
export function unitOf(rows: readonly Row[], offer?: Offer): Names | undefined {
  const units = [...rows.map(({ unit }) => unit), ...(offer ? [offer.unit] : [])];
  return units.every(({ nameHans }) => nameHans === units[0]?.nameHans) ? units[0] : undefined;
}
