import { count, day, money } from "~/i18n/format";
import { langOfWords, nameIn, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { PublicGroup } from "~db/schema/reference";
import { Icon } from "../icons/Icon";
import { ObjectTile } from "../icons/ObjectIcon";
import { Link } from "../primitives/Link";
import { Thread } from "../primitives/Numbers";
import { unitName } from "./unitName";
import { WishState } from "./WishState";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Line = Readonly<{
  kind: "goods" | "service" | "money";
  itemHans: string;
  itemHant: string;
  icon: string | null;
  unit: Names & { nameEnPlural: string };
  unitPriceFen: bigint;
  requested: bigint;
  waived: bigint;
  pledged: bigint;
  inHub: bigint;
  delivered: bigint;
  held: bigint;
  open: bigint;
}>;
export type WishCardData = Readonly<{
  code: string;
  titleHans: string;
  titleHant: string;
  publicGroup: PublicGroup | null;
  town: Names | undefined;
  verifiedAt: Date;
  isOpen: boolean;
  lines: readonly Line[];
}>;

/** One wish in a list: what, for whom, where, how far, when verified. The whole card is one link. */
export function WishCard({ wish, heading: Heading = "h3" }: { wish: WishCardData; heading?: "h2" | "h3" }) {
  const t = useT();
  const locale = useLocale();
  // Of several the one that is still waited for, so that nobody reads "0 still needed".
  const line = wish.lines.find((one) => one.open > 0n) ?? wish.lines[0];
  if (!line) return null;
  const wanted = line.requested - line.waived;
  const claimed = line.pledged + line.inHub + line.delivered;
  const isMoney = line.kind === "money";
  return (
    <article className="lift relative flex flex-col rounded-lg border-(length:--border) border-line bg-surface p-5 shadow-card">
      <div className="flex gap-4">
        <ObjectTile name={line.icon} />
        <div className="min-w-0">
          <Heading className="text-4">
            <Link
              to={paths(locale).wish(wish.code)}
              lang={langOfWords(locale)}
              className="after:absolute after:inset-0 after:rounded-lg"
            >
              {wordsIn(locale, wish.titleHans, wish.titleHant)}
            </Link>
          </Heading>
          <p className="text-2 text-muted">
            {wish.publicGroup ? `${t(`wishes.group_${wish.publicGroup}`)} · ` : ""}
            {wish.town ? nameIn(locale, wish.town) : ""}
          </p>
        </div>
      </div>
      <p className="mt-3" lang={langOfWords(locale)}>
        {wordsIn(locale, line.itemHans, line.itemHant)}
      </p>
      <p className="text-2 text-muted">
        {isMoney
          ? money(locale, wanted)
          : t("wishes.each", {
              unit: unitName(locale, line.unit, 1n),
              price: money(locale, line.unitPriceFen),
            })}
        {wish.lines.length > 1 ? ` · ${t("wishes.moreLines", { n: wish.lines.length - 1 })}` : ""}
      </p>
      <div className="mt-auto pt-3">
        <Thread
          value={Number(claimed)}
          of={Number(wanted)}
          colour={claimed === wanted ? "bg-jade" : "bg-brand"}
        />
        <div className="mt-2 flex flex-wrap items-center justify-between gap-2">
          <span className="tabular text-2">
            {isMoney
              ? t("wishes.claimedOfMoney", { n: money(locale, claimed), of: money(locale, wanted) })
              : t("wishes.claimedOf", {
                  n: count(locale, claimed),
                  of: count(locale, wanted),
                  unit: unitName(locale, line.unit, wanted),
                })}
          </span>
          <WishState line={line} takes={wish.isOpen} held={wish.lines.some((one) => one.held > 0n)} />
        </div>
        <p className="mt-2 flex items-center gap-1 text-1 text-muted">
          <Icon name="verified" className="size-4 text-jade" />
          {t("wishes.verifiedOn", { day: day(locale, wish.verifiedAt) })}
        </p>
      </div>
    </article>
  );
}
