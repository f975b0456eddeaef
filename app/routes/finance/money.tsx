import { useLoaderData } from "@remix-run/react";
import { moneyBook, readableFunds } from "~/domain/books/moneyQueries.server";
import { moneyTotals } from "~/domain/books/moneyTotals.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { fromReplica } from "~/http/fromReplica.server";
import { idInQuery } from "~/http/ids.server";
import { moneyFilterOf } from "~/http/moneyFilter.server";
import { count, money } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { MoneyFilters } from "~/ui/finance/MoneyFilters";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, EmptyState, Page, Section } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { Table } from "~/ui/primitives/Table";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "finance.bookLead" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { values: filter, reply } = moneyFilterOf(args);
    const before = idInQuery(args, "before");
    const [{ rows, next }, totals, funds] = await fromReplica(args, ctx, (reading) =>
      Promise.all([moneyBook(reading, filter, before), moneyTotals(reading, filter), readableFunds(reading)]),
    );
    const at = paths(ctx.locale);
    return {
      filter,
      reply,
      rows,
      totals,
      funds,
      next: next && at.moneyBook({ ...filter, before: next }),
      messages: messagesFor(ctx.locale, ["finance"]),
    };
  });

const STANDING = ["received", "available", "committed", "spent", "refunded", "cash"] as const;

export default function MoneyBook() {
  const t = useT();
  const { filter, reply, funds } = useLoaderData<typeof loader>();
  return (
    <Page title={t("work.moneyBook")} lead={t("finance.bookLead")} wide>
      <FormErrors reply={reply} />
      <MoneyFilters filter={filter} funds={funds} reply={reply} />
      {reply ? null : <Entries />}
    </Page>
  );
}

/** What the book says of a filter that could be read. */
function Entries() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { filter, rows, totals, next } = useLoaderData<typeof loader>();
  const kind = (name: string) => t(`finance.kind_${name}` as MessageKey);
  const purpose = (name: string) => t(`finance.total_${name}` as MessageKey);
  return (
    <>
      <Card>
        <h2 className="mb-3 text-4">
          {filter.to === undefined ? t("finance.standingNow") : t("finance.standingOn", { day: filter.to })}
        </h2>
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-6 elder:grid-cols-1">
          {STANDING.map((name) => (
            <div key={name}>
              <dt className="text-2 text-muted">{purpose(name)}</dt>
              <dd className="tabular text-4 font-bold">{money(locale, totals.standing[name])}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-3 text-2 text-muted">{t("finance.standingSum")}</p>
      </Card>
      <Section title={t("finance.moved")}>
        <Table
          caption={t("finance.moved")}
          rows={totals.moved}
          keyOf={(row) => row.kind}
          columns={[
            { head: t("finance.kind"), cell: (row) => kind(row.kind) },
            { head: t("finance.entries"), cell: (row) => count(locale, row.entries), numeric: true },
            { head: t("finance.amountShort"), cell: (row) => money(locale, row.amountFen), numeric: true },
          ]}
        />
        <a
          href={at.moneyCsv(filter)}
          className="mt-4 inline-flex min-h-tap items-center text-brand underline underline-offset-4"
        >
          {t("common.downloadCsv")}
        </a>
      </Section>
      <Section title={t("finance.everyEntry")}>
        {rows.length === 0 ? <EmptyState title={t("common.none")} /> : null}
        <Table
          caption={t("finance.everyEntry")}
          rows={rows}
          keyOf={(row) => row.entry.id}
          columns={[
            { head: t("finance.number"), cell: (row) => String(row.entry.number), numeric: true },
            { head: t("finance.date"), cell: (row) => row.entry.accountingDate },
            { head: t("finance.kind"), cell: (row) => kind(row.entry.kind) },
            { head: t("finance.fund"), cell: (row) => nameIn(locale, row.programme) },
            { head: t("finance.gift"), cell: (row) => row.giftCode ?? "" },
            { head: t("finance.need"), cell: (row) => row.needCode ?? "" },
            { head: t("finance.fromTo"), cell: (row) => `${purpose(row.from)} → ${purpose(row.to)}` },
            { head: t("finance.amountShort"), cell: (row) => money(locale, row.amountFen), numeric: true },
          ]}
        />
        <Pagination next={next} />
      </Section>
    </>
  );
}
