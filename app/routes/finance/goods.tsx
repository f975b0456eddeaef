import { Form, useLoaderData } from "@remix-run/react";
import { goodsBook, goodsNow, goodsTotals, refusedGoods } from "~/domain/books/goodsQueries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { fromReplica } from "~/http/fromReplica.server";
import { idInQuery } from "~/http/ids.server";
import { goodsFilterOf } from "~/http/moneyFilter.server";
import { count, money } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { GoodsMoves } from "~/ui/finance/GoodsMoves";
import { placeIn } from "~/ui/finance/goodsPlace";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "finance.goodsLead" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { values: filter, reply } = goodsFilterOf(args);
    const before = idInQuery(args, "before");
    const [{ rows, next }, totals, now, refused] = await fromReplica(args, ctx, (reading) =>
      Promise.all([
        goodsBook(reading, filter, before),
        goodsTotals(reading, filter),
        goodsNow(reading),
        refusedGoods(reading, filter),
      ]),
    );
    const at = paths(ctx.locale);
    return {
      filter,
      reply,
      rows,
      totals,
      now,
      refused,
      next: next && at.goodsBook({ ...filter, before: next }),
      messages: messagesFor(ctx.locale, ["finance", "journal"]),
    };
  });

export default function GoodsBook() {
  const t = useT();
  const locale = useLocale();
  const { filter, reply, rows, totals, now, refused, next } = useLoaderData<typeof loader>();
  const place = placeIn(t);
  return (
    <Page title={t("work.goodsBook")} lead={t("finance.goodsLead")} wide>
      <Card>
        <h2 className="mb-3 text-4">{t("finance.standsNow")}</h2>
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
          {now.map((row) => (
            <div key={row.kind}>
              <dt className="text-2 text-muted">{place(row.kind)}</dt>
              <dd className="tabular text-4 font-bold">{count(locale, row.units)}</dd>
              <dd className="tabular text-2 text-muted">{money(locale, row.valueFen)}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Form method="get" className="mt-6 grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]">
        <TextField
          name="from"
          type="date"
          label={t("finance.fromDay")}
          defaultValue={filter.from}
          reply={reply}
        />
        <TextField name="to" type="date" label={t("finance.toDay")} defaultValue={filter.to} reply={reply} />
        <Button look="secondary">{t("common.search")}</Button>
      </Form>
      <FormErrors reply={reply} />
      {reply ? null : (
        <GoodsMoves filter={filter} rows={rows} totals={totals} refused={refused} next={next} />
      )}
    </Page>
  );
}
