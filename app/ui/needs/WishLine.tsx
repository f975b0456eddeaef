import { count, money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton } from "../primitives/Button";
import { Thread } from "../primitives/Numbers";
import { Card } from "../primitives/Page";
import { ThingWords } from "./ThingWords";
import { unitName } from "./unitName";
import type { WishCardData } from "./WishCard";
import { WishState } from "./WishState";

type Line = WishCardData["lines"][number] & Readonly<{ id: string; position: number; accepts: boolean }>;

/** One line of a wish: a sum of money, or a thing with the two ways of giving it. */
export const WishLine = ({ code, line }: { code: string; line: Line }) =>
  line.kind === "money" ? <MoneyLine code={code} line={line} /> : <ThingLine code={code} line={line} />;

/** A sum of money, to which anybody adds what they like. */
function MoneyLine({ code, line }: { code: string; line: Line }) {
  const t = useT();
  const locale = useLocale();
  const takes = line.accepts && line.open > 0n;
  const claimed = line.pledged + line.inHub + line.delivered;
  const wanted = line.requested - line.waived;
  return (
    <Card>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="text-4">
          <ThingWords kindEn={line.kindEn} hans={line.itemHans} hant={line.itemHant} />
        </h3>
        <WishState line={line} takes={takes} held={line.held > 0n} />
      </div>
      <Thread value={Number(claimed)} of={Number(wanted)} />
      <p className="tabular mt-2 text-muted">
        {t("wishes.claimedOfMoney", { n: money(locale, claimed), of: money(locale, wanted) })}
      </p>
      {line.delivered > 0n ? (
        <p className="tabular text-muted">{t("wishes.spentOfMoney", { n: money(locale, line.delivered) })}</p>
      ) : null}
      {line.held > 0n ? (
        <p className="tabular text-2 text-muted">{t("wishes.heldMoney", { n: money(locale, line.held) })}</p>
      ) : null}
      {takes ? (
        <p className="mt-4">
          <LinkButton to={paths(locale).payForLine(code, line.position)}>{t("wishes.giveMoney")}</LinkButton>
        </p>
      ) : null}
    </Card>
  );
}

function ThingLine({ code, line }: { code: string; line: Line }) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const takes = line.accepts && line.open > 0n;
  return (
    <Card>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="text-4">
          <ThingWords kindEn={line.kindEn} hans={line.itemHans} hant={line.itemHant} />
        </h3>
        <WishState line={line} takes={takes} held={line.held > 0n} />
      </div>
      <p className="text-muted">
        {count(locale, line.requested)} {unitName(locale, line.unit, line.requested)} ·{" "}
        {t("wishes.each", { unit: unitName(locale, line.unit, 1n), price: money(locale, line.unitPriceFen) })}
      </p>
      {takes ? (
        <form method="post" action={at.basket()} className="mt-4 flex flex-wrap items-end gap-3">
          <input type="hidden" name="intent" value="add" />
          <input type="hidden" name="line" value={line.id} />
          {line.open > 1n ? (
            <label className="block">
              <span className="font-semibold">{t("wishes.quantity")}</span>
              <input
                name="quantity"
                type="number"
                inputMode="numeric"
                min={1}
                max={Number(line.open)}
                defaultValue={1}
                className="control mt-1 w-28"
              />
            </label>
          ) : (
            <input type="hidden" name="quantity" value="1" />
          )}
          <Button icon="basket">{t("wishes.addToBasket")}</Button>
          {line.kind === "goods" ? (
            <LinkButton look="secondary" to={at.payForLine(code, line.position)}>
              {t("wishes.payInstead")}
            </LinkButton>
          ) : null}
        </form>
      ) : null}
    </Card>
  );
}
