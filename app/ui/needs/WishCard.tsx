import { kindOfNeed } from "~/domain/needs/states";
import { count, day, money } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { PublicGroup } from "~db/schema/reference";
import { Icon } from "../icons/Icon";
import { ObjectTile } from "../icons/ObjectIcon";
import { Link } from "../primitives/Link";
import { Thread } from "../primitives/Numbers";
import { Kept } from "../shell/Kept";
import { ThingWords } from "./ThingWords";
import { unitName } from "./unitName";
import { WishState } from "./WishState";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Line = Readonly<{
  kind: "goods" | "service" | "money";
  itemHans: string;
  itemHant: string;
  icon: string | null;
  /** What kind of thing it is, in English. */
  kindEn: string | null;
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

type Shown = Readonly<{ wish: WishCardData; heading?: "h2" | "h3" }>;

/** One wish in a list: what, for whom, where, how far, when verified. The whole card is one link. */
export function WishCard({ wish, heading = "h3" }: Shown) {
  const locale = useLocale();
  return (
    <Kept of={["wish", locale, heading, wish.code]} shown={wish}>
      <CardOf wish={wish} heading={heading} />
    </Kept>
  );
}

function CardOf({ wish, heading: Heading }: Required<Shown>) {
  const t = useT();
  const locale = useLocale();
  // Of several the one that is still waited for, so that nobody reads "0 still needed".
  const line = wish.lines.find((one) => one.open > 0n) ?? wish.lines[0];
  if (!line) return null;
  const wanted = line.requested - line.waived;
  const claimed = line.pledged + line.inHub + line.delivered;
  const isMoney = line.kind === "money";
  const kindEn = kindOfNeed(wish.lines);
  return (
    <article className="wish lift">
      <div className="wish-head">
        <ObjectTile name={line.icon} />
        <div>
          <Heading>
            <Link to={paths(locale).wish(wish.code)}>
              <ThingWords kindEn={kindEn} hans={wish.titleHans} hant={wish.titleHant} />
            </Link>
          </Heading>
          <p>
            {[
              ...(wish.publicGroup ? [t(`wishes.group_${wish.publicGroup}`)] : []),
              ...(wish.town ? [nameIn(locale, wish.town)] : []),
            ].join(" · ")}
          </p>
        </div>
      </div>
      <p className="wish-thing">
        <ThingWords
          kindEn={line.kindEn === kindEn ? null : line.kindEn}
          hans={line.itemHans}
          hant={line.itemHant}
        />
      </p>
      <p>
        {[
          isMoney
            ? money(locale, wanted)
            : t("wishes.each", {
                unit: unitName(locale, line.unit, 1n),
                price: money(locale, line.unitPriceFen),
              }),
          ...(wish.lines.length > 1 ? [t("wishes.moreLines", { n: wish.lines.length - 1 })] : []),
        ].join(" · ")}
      </p>
      <div className="wish-way">
        <Thread
          value={Number(claimed)}
          of={Number(wanted)}
          colour={claimed === wanted ? "bg-jade" : "bg-brand"}
        />
        <div>
          <span className="tabular">
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
        <p>
          <Icon name="verified" />
          {t("wishes.verifiedOn", { day: day(locale, wish.verifiedAt) })}
        </p>
      </div>
    </article>
  );
}
