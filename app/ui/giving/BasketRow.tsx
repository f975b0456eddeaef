import { money } from "~/i18n/format";
import { langOfWords, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ObjectIcon } from "../icons/ObjectIcon";
import { Button } from "../primitives/Button";
import { Link } from "../primitives/Link";
import { Card, Notice } from "../primitives/Page";

type Row = Readonly<{
  lineId: string;
  quantity: number;
  found:
    | Readonly<{
        wish: Readonly<{ code: string; titleHans: string; titleHant: string }>;
        line: Readonly<{
          itemHans: string;
          itemHant: string;
          icon: string | null;
          open: bigint;
          accepts: boolean;
          unitPriceFen: bigint;
        }>;
      }>
    | undefined;
}>;

/** One line of the basket: what it is, what is still open, and a way to change one's mind. */
export function BasketRow({ row }: { row: Row }) {
  const t = useT();
  const locale = useLocale();
  const line = row.found?.line;
  const left = line?.accepts ? line.open : 0n;
  return (
    <li>
      <Card>
        {row.found && line ? (
          <div className="flex gap-4">
            <ObjectIcon name={line.icon} className="size-12 shrink-0 text-brand" />
            <div className="min-w-0 flex-1">
              <Link
                to={paths(locale).wish(row.found.wish.code)}
                lang={langOfWords(locale)}
                className="text-4 font-semibold underline underline-offset-4"
              >
                {wordsIn(locale, line.itemHans, line.itemHant)}
              </Link>
              <p className="text-2 text-muted" lang={langOfWords(locale)}>
                {wordsIn(locale, row.found.wish.titleHans, row.found.wish.titleHant)}
              </p>
              <p className="tabular">
                {row.quantity} × {money(locale, line.unitPriceFen)}
              </p>
            </div>
          </div>
        ) : null}
        {left < BigInt(row.quantity) ? (
          <div className="mt-3">
            <Notice tone="problem">
              {left === 0n ? t("giving.goneLine") : t("giving.onlyLeft", { n: left })}
            </Notice>
          </div>
        ) : null}
        <form method="post" className="mt-3 flex flex-wrap items-end gap-3">
          <input type="hidden" name="line" value={row.lineId} />
          {left > 1n ? (
            <>
              <label className="block">
                <span className="text-2">{t("common.quantity")}</span>
                <input
                  name="quantity"
                  type="number"
                  inputMode="numeric"
                  min={1}
                  max={Number(left)}
                  defaultValue={row.quantity}
                  className="control w-28"
                />
              </label>
              <Button look="secondary" name="intent" value="change">
                {t("giving.change")}
              </Button>
            </>
          ) : null}
          <Button look="quiet" name="intent" value="remove">
            {t("giving.remove")}
          </Button>
        </form>
      </Card>
    </li>
  );
}
