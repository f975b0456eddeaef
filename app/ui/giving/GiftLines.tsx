import { Link } from "@remix-run/react";
import { count, day, money } from "~/i18n/format";
import { langOfWords, nameIn, wordsIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ObjectIcon } from "../icons/ObjectIcon";
import { Tag } from "../primitives/Page";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
export type GiftRow = Readonly<{
  pledge: Readonly<{ id: string; kind: string; state: string; quantity: bigint; settled: bigint; givenBack: bigint; unitPriceFen: bigint; dueAt: Date | null }>;
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
const hasArrived = ({ pledge }: GiftRow) => pledge.settled > 0n && pledge.settled + pledge.givenBack === pledge.quantity;

/** The lines of a gift: what, how many, how they stand. */
export function GiftLines({ rows }: { rows: readonly GiftRow[] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => (
        <li key={row.pledge.id} className="flex gap-4 py-3 first:pt-0 last:pb-0">
          <ObjectIcon name={row.icon} className="size-10 shrink-0 text-brand" />
          <div className="min-w-0 flex-1">
            <p className="font-semibold" lang={langOfWords(locale)}>
              {wordsIn(locale, row.itemHans, row.itemHant)}
              {row.lineKind === "money" ? "" : ` × ${count(locale, row.pledge.quantity)} ${nameIn(locale, row.unit)}`}
            </p>
            <p className="text-2 text-muted">
              {money(locale, row.pledge.unitPriceFen * row.pledge.quantity)}
              {row.pledge.dueAt && row.pledge.state === "confirmed" && row.pledge.settled === 0n ? ` · ${t("gifts.before", { day: day(locale, row.pledge.dueAt) })}` : ""}
            </p>
            {row.details ? (
              <p className="text-2" lang="zh-Hans">
                {t("gifts.details")}：{row.details}
              </p>
            ) : null}
            {row.needCode && row.needState !== "withdrawn" && row.needState !== "expired" ? (
              <Link to={paths(locale).wish(row.needCode)} className="inline-flex min-h-tap items-center text-2 text-brand underline underline-offset-4">
                {t("gifts.toWish")} {row.needCode}
              </Link>
            ) : null}
          </div>
          <div className="shrink-0">
            <Tag tone={hasArrived(row) ? "done" : (TONE[row.pledge.state as keyof typeof TONE] ?? "info")}>
              {t(hasArrived(row) ? (row.pledge.kind === "service" ? "gifts.state_done" : "gifts.state_received") : (`gifts.state_${row.pledge.state}` as MessageKey))}
            </Tag>
          </div>
        </li>
      ))}
    </ul>
  );
}
