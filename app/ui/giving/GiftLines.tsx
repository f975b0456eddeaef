import { ownOf } from "~/domain/kernel/own";
import { calendarDay, colon, count, day, money } from "~/i18n/format";
import { langOfWords, type Locale, nameIn, wordsIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import type { Translate } from "~/i18n/translate";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ObjectIcon } from "../icons/ObjectIcon";
import { Link } from "../primitives/Link";
import { Tag } from "../primitives/Page";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
export type GiftRow = Readonly<{
  pledge: Readonly<{
    id: string;
    kind: string;
    state: string;
    quantity: bigint;
    settled: bigint;
    givenBack: bigint;
    unitPriceFen: bigint;
    dueAt: Date | null;
    arrangedFor: string | null;
  }>;
  /** How many of the accepted units are in their recipients' hands, and whether those said so. */
  delivered?: bigint;
  acknowledged?: boolean;
  /** Paid, but too late: it waits for a word of its donor. */
  moneyWaits?: boolean;
  /** Paid, and not all bought yet: by when, and whether its donor was told that it is late. */
  buyBy?: Date | null;
  lateToldAt?: Date | null;
  lineKind: "goods" | "service" | "money";
  itemHans: string;
  itemHant: string;
  unit: Names;
  icon: string | null;
  details?: string | undefined;
  needCode?: string;
  needState?: string;
}>;

const TONE = {
  promised: "wait",
  paying: "wait",
  confirmed: "info",
  paid: "info",
  released: "problem",
  cancelled: "problem",
  revoked: "problem",
  failed: "problem",
  expired: "problem",
} as const;

/** Everything that was promised, and did not go back, has been accepted. */
const hasArrived = ({ pledge }: GiftRow) =>
  pledge.settled > 0n && pledge.settled + pledge.givenBack === pledge.quantity;

/**
 * Where it stands, in one word: promised, at the point, in the recipient's hands, and confirmed by them are
 * four different things.
 */
function stateOf(row: GiftRow): { key: MessageKey; tone: "done" | "info" | "wait" | "problem" } {
  const { pledge } = row;
  if (row.moneyWaits) return { key: "gifts.state_money_waits", tone: "wait" };
  if (!hasArrived(row))
    return { key: `gifts.state_${pledge.state}` as MessageKey, tone: ownOf(TONE, pledge.state) ?? "info" };
  if (row.lineKind === "money") return { key: "gifts.state_spent", tone: "done" };
  if (pledge.kind === "service") return { key: "gifts.state_done", tone: "done" };
  if ((row.delivered ?? 0n) < pledge.settled) return { key: "gifts.state_received", tone: "info" };
  return { key: row.acknowledged ? "gifts.state_acknowledged" : "gifts.state_delivered", tone: "done" };
}

/** What its donor has to keep in mind of it: by when, or on which day. */
function dayOf(t: Translate, locale: Locale, { pledge, buyBy, lateToldAt }: GiftRow): string {
  if (buyBy) return ` · ${t(lateToldAt ? "gifts.buyLate" : "gifts.buyBy", { day: day(locale, buyBy) })}`;
  if (pledge.state !== "confirmed" || pledge.settled + pledge.givenBack === pledge.quantity) return "";
  if (pledge.arrangedFor !== null)
    return ` · ${t("gifts.arrangedFor", { day: calendarDay(locale, pledge.arrangedFor) })}`;
  if (pledge.dueAt === null || pledge.settled > 0n) return "";
  return ` · ${t(pledge.kind === "service" ? "gifts.beforeService" : "gifts.before", { day: day(locale, pledge.dueAt) })}`;
}

/** The lines of a gift: what, how many, how they stand; to its donor also by when. */
export function GiftLines({ rows, isOwn = true }: { rows: readonly GiftRow[]; isOwn?: boolean }) {
  const t = useT();
  const locale = useLocale();
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => (
        <li key={row.pledge.id} className="flex gap-4 py-3 first:pt-0 last:pb-0">
          <ObjectIcon name={row.icon} className="size-10 shrink-0 text-brand" />
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1">
              <p className="font-semibold" lang={langOfWords(locale)}>
                {wordsIn(locale, row.itemHans, row.itemHant)}
                {row.lineKind === "money"
                  ? ""
                  : ` × ${count(locale, row.pledge.quantity)} ${nameIn(locale, row.unit)}`}
              </p>
              <Tag tone={stateOf(row).tone}>{t(stateOf(row).key)}</Tag>
            </div>
            <p className="text-2 text-muted">
              {money(locale, row.pledge.unitPriceFen * row.pledge.quantity)}
              {isOwn ? dayOf(t, locale, row) : null}
              {row.lineKind === "money" && row.pledge.settled > 0n && !hasArrived(row)
                ? ` · ${t("gifts.state_part_spent", { sum: money(locale, row.pledge.unitPriceFen * row.pledge.settled) })}`
                : ""}
            </p>
            {row.details ? (
              <p className="text-2" lang="zh-Hans">
                {t("gifts.details") + colon(locale) + row.details}
              </p>
            ) : null}
            {row.needCode && row.needState !== "withdrawn" && row.needState !== "expired" ? (
              <Link
                to={paths(locale).wish(row.needCode)}
                className="inline-flex min-h-tap items-center text-2 text-brand underline underline-offset-4"
              >
                {t("gifts.toWish")} {row.needCode}
              </Link>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
