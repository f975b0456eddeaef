import { count } from "~/i18n/format";
import { langOfWords, nameIn, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton } from "../primitives/Button";
import { Notice } from "../primitives/Page";
import type { GiftRow } from "./GiftLines";

/**
 * The wish of a promise was taken down, and the promise did not go on to another: the donor is asked, and may
 * also leave it.
 */
export function AskWhatNow({ rows, asking }: { rows: readonly GiftRow[]; asking: readonly string[] }) {
  const t = useT();
  const locale = useLocale();
  return rows
    .filter((row) => asking.includes(row.pledge.id))
    .map((row) => (
      <div key={row.pledge.id} className="mt-4">
        <Notice tone="wait">
          <p className="font-semibold" lang={langOfWords(locale)}>
            {t("gifts.targetGone", {
              thing: `${wordsIn(locale, row.itemHans, row.itemHant)} × ${count(locale, row.pledge.quantity)} ${nameIn(locale, row.unit)}`,
            })}
          </p>
          <p className="mt-1">{t("gifts.targetGoneAsk")}</p>
          <form method="post" className="mt-3 flex flex-wrap gap-3">
            <input type="hidden" name="pledgeId" value={row.pledge.id} />
            <Button name="intent" value="goOn">
              {t("gifts.goOn")}
            </Button>
            <LinkButton look="secondary" to={paths(locale).wishes()}>
              {t("gifts.chooseMyself")}
            </LinkButton>
          </form>
        </Notice>
      </div>
    ));
}
