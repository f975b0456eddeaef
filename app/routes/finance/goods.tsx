import { useLoaderData } from "@remix-run/react";
import { goodsBook, goodsTotals } from "~/domain/books/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { moment, money } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Card, EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { Table } from "~/ui/primitives/Table";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const before = /^[0-9a-f-]{36}$/.exec(new URL(args.request.url).searchParams.get("before") ?? "")?.[0];
    const { rows, next } = await goodsBook(ctx, before);
    return { rows, totals: await goodsTotals(ctx), next: next && paths(ctx.locale).goodsBook({ before: next }), messages: messagesFor(ctx.locale, ["finance", "work", "journal"]) };
  });

export default function GoodsBook() {
  const t = useT();
  const locale = useLocale();
  const { rows, totals, next } = useLoaderData<typeof loader>();
  return (
    <Page title={t("work.goodsBook")} lead={t("finance.goodsLead")} wide>
      <Card>
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          {Object.entries(totals).map(([kind, units]) => (
            <div key={kind}>
              <dt className="text-2 text-muted">→ {t(`finance.place_${kind}` as MessageKey)}</dt>
              <dd className="tabular text-4 font-bold">{units}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <p className="my-4">
        <a href={paths(locale).goodsCsv()} className="inline-flex min-h-tap items-center text-brand underline underline-offset-4">
          {t("common.downloadCsv")}
        </a>
      </p>
      {rows.length === 0 ? <EmptyState title={t("common.none")} /> : null}
      <Table
        caption={t("work.goodsBook")}
        rows={rows}
        keyOf={(row) => row.move.id}
        columns={[
          { head: t("common.when"), cell: (row) => moment(locale, row.move.occurredAt) },
          { head: t("finance.label"), cell: (row) => row.label },
          { head: t("finance.fromTo"), cell: (row) => `${t(`finance.place_${row.move.fromKind}` as MessageKey)} → ${t(`finance.place_${row.move.toKind}` as MessageKey)}` },
          { head: t("common.quantity"), cell: (row) => String(row.move.quantity), numeric: true },
          { head: t("finance.unitValue"), cell: (row) => (row.unitValueFen === null ? t("finance.notValued") : money(locale, row.unitValueFen)), numeric: true },
          { head: t("common.reason"), cell: (row) => (row.move.reason ? t(`journal.reason_${row.move.reason}` as MessageKey) : "") },
        ]}
      />
      <Pagination next={next} />
    </Page>
  );
}
