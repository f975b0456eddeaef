import { count, moment } from "~/i18n/format";
import { langOfWords, nameIn, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Icon } from "../icons/Icon";
import { unitName } from "../needs/unitName";
import { Link } from "../primitives/Link";

type Row = Readonly<{
  id: string;
  at: Date;
  quantity: bigint | null;
  itemHans: string;
  itemHant: string;
  unit: Parameters<typeof unitName>[1];
  town: Parameters<typeof nameIn>[1];
  code: string;
  words: string | null;
}>;

/** What was handed over last, with what its people said, in the Chinese in which they said it. */
export function Delivered({ rows, none }: { rows: readonly Row[]; none: string }) {
  const t = useT();
  const locale = useLocale();
  if (rows.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <ul className="grid gap-x-8 gap-y-4 sm:grid-cols-2 elder:grid-cols-1">
      {rows.map((row) => (
        <li key={row.id} className="border-l-4 border-jade pl-4">
          <Link
            to={paths(locale).wish(row.code)}
            className="inline-flex min-h-tap items-center font-semibold underline underline-offset-4 hover:text-brand"
          >
            <Icon name="check" className="mr-1.5 size-4 text-jade" />
            <span lang={langOfWords(locale)}>
              {t("open.justItem", {
                item: wordsIn(locale, row.itemHans, row.itemHant),
                n: count(locale, row.quantity ?? 0n),
                unit: unitName(locale, row.unit, row.quantity ?? 1n),
              })}
            </span>
          </Link>
          {row.words === null ? null : (
            <blockquote lang="zh-Hans" className="text-4">
              “{row.words}”
            </blockquote>
          )}
          <p className="text-2 text-muted">
            {nameIn(locale, row.town)} · {moment(locale, row.at)}
          </p>
        </li>
      ))}
    </ul>
  );
}
