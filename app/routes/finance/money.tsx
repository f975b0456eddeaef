import { useLoaderData } from "@remix-run/react";
import { moneyBook, moneyTotals } from "~/domain/books/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { money } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Card, EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { Table } from "~/ui/primitives/Table";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const after = /^[0-9a-f-]{36}$/.exec(new URL(args.request.url).searchParams.get("after") ?? "")?.[0];
    const { rows, next } = await moneyBook(ctx, after);
    return { rows, totals: await moneyTotals(ctx), next: next && paths(ctx.locale).moneyBook({ after: next }), messages: messagesFor(ctx.locale, ["finance", "work"]) };
  });

const TOTALS = ["received", "available", "committed", "spent", "refunded"] as const;

export default function MoneyBook() {
  const t = useT();
  const locale = useLocale();
  const { rows, totals, next } = useLoaderData<typeof loader>();
  const purpose = (account: string) => t(`finance.total_${account.split(":")[2] ?? ""}` as MessageKey);
  return (
    <Page title={t("work.moneyBook")} lead={t("finance.bookLead")} wide>
      <Card>
        <dl className="grid gap-4 sm:grid-cols-5">
          {TOTALS.map((name) => (
            <div key={name}>
              <dt className="text-2 text-muted">{t(`finance.total_${name}`)}</dt>
              <dd className="tabular text-4 font-bold">{money(locale, totals[name])}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <p className="my-4">
        <a href={paths(locale).moneyCsv()} className="inline-flex min-h-tap items-center text-brand underline underline-offset-4">
          {t("common.downloadCsv")}
        </a>
      </p>
      {rows.length === 0 ? <EmptyState title={t("common.none")} /> : null}
      <Table
        caption={t("work.moneyBook")}
        rows={rows}
        keyOf={(row) => row.entry.id}
        columns={[
          { head: t("finance.date"), cell: (row) => row.entry.accountingDate },
          { head: t("finance.kind"), cell: (row) => t(`finance.kind_${row.entry.kind}` as MessageKey) },
          { head: t("finance.gift"), cell: (row) => row.giftCode ?? "" },
          { head: t("finance.need"), cell: (row) => row.needCode ?? "" },
          { head: t("finance.fromTo"), cell: (row) => `${purpose(row.from)} → ${purpose(row.to)}` },
          { head: t("finance.amountShort"), cell: (row) => money(locale, row.amountFen), numeric: true },
        ]}
      />
      <Pagination next={next} />
    </Page>
  );
}
