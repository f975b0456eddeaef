import { Form, useLoaderData } from "@remix-run/react";
import { goodsBook, goodsNow, goodsTotals, refusedGoods } from "~/domain/books/goodsQueries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { goodsFilterOf } from "~/http/moneyFilter.server";
import { idInQuery } from "~/http/ids.server";
import { count, moment, money } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import type { MessageKey } from "~/i18n/messages";
import type { Translate } from "~/i18n/translate";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, EmptyState, Notice, Page, Section } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { Table } from "~/ui/primitives/Table";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { values: filter, reply } = goodsFilterOf(args);
    const [{ rows, next }, totals, now, refused] = await Promise.all([
      goodsBook(ctx, filter, idInQuery(args, "before")),
      goodsTotals(ctx, filter),
      goodsNow(ctx),
      refusedGoods(ctx, filter),
    ]);
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

const placeIn = (t: Translate) => (kind: string, name?: string | null) =>
  [t(`finance.place_${kind}` as MessageKey), name].filter(Boolean).join(" ");

export default function GoodsBook() {
  const t = useT();
  const locale = useLocale();
  const { filter, reply, now } = useLoaderData<typeof loader>();
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
      {reply ? null : <Moves />}
    </Page>
  );
}

/** What moved on the days of a filter that could be read. */
function Moves() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { filter, rows, totals, refused, next } = useLoaderData<typeof loader>();
  const place = placeIn(t);
  return (
    <>
      <Section title={t("finance.ways")}>
        <Table
          caption={t("finance.ways")}
          rows={totals}
          keyOf={(row) => `${row.from} ${row.to}`}
          columns={[
            { head: t("finance.fromTo"), cell: (row) => `${place(row.from)} → ${place(row.to)}` },
            { head: t("finance.moves"), cell: (row) => count(locale, row.moves), numeric: true },
            { head: t("common.quantity"), cell: (row) => count(locale, row.units), numeric: true },
            { head: t("finance.value"), cell: (row) => money(locale, row.valueFen), numeric: true },
          ]}
        />
        {refused.length > 0 ? (
          <div className="mt-4">
            <Notice>
              {[
                t("finance.refusedApart"),
                ...refused.map((row) => `${t(`finance.place_${row.to}`)} ${count(locale, row.units)}`),
              ].join(" ")}
            </Notice>
          </div>
        ) : null}
        <a
          href={at.goodsCsv(filter)}
          className="mt-4 inline-flex min-h-tap items-center text-brand underline underline-offset-4"
        >
          {t("common.downloadCsv")}
        </a>
      </Section>
      <Section title={t("finance.everyMove")}>
        {rows.length === 0 ? <EmptyState title={t("common.none")} /> : null}
        <Table
          caption={t("finance.everyMove")}
          rows={rows}
          keyOf={(row) => row.move.id}
          columns={[
            { head: t("common.when"), cell: (row) => moment(locale, row.move.occurredAt) },
            { head: t("finance.label"), cell: (row) => row.label },
            {
              head: t("finance.fromTo"),
              cell: (row) =>
                `${place(row.move.fromKind, row.fromName)} → ${place(row.move.toKind, row.toName)}`,
            },
            { head: t("common.quantity"), cell: (row) => count(locale, row.move.quantity), numeric: true },
            {
              head: t("finance.unitValue"),
              cell: (row) =>
                row.unitValueFen === null ? t("finance.notValued") : money(locale, row.unitValueFen),
              numeric: true,
            },
            { head: t("finance.gift"), cell: (row) => row.giftCode ?? "" },
            { head: t("finance.need"), cell: (row) => row.needCode ?? "" },
            {
              head: t("common.reason"),
              cell: (row) => (row.move.reason ? t(`journal.reason_${row.move.reason}` as MessageKey) : ""),
            },
          ]}
        />
        <Pagination next={next} />
      </Section>
    </>
  );
}
