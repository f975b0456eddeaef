import { Form, useLoaderData } from "@remix-run/react";
import { trailOfUse, type UseLine } from "~/domain/audit/trail.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { idInQuery } from "~/http/ids.server";
import { useFilterOf, useKinds } from "~/http/useFilter.server";
import { count, moment } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { SelectField, TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { Table } from "~/ui/primitives/Table";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "audit.trailTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { values: filter, reply } = useFilterOf(args);
    const { rows, next } = await trailOfUse(ctx, filter, idInQuery(args, "before"));
    return {
      filter,
      reply,
      rows,
      kinds: useKinds,
      today: shanghaiDay(ctx.now()),
      next: next && paths(ctx.locale).trail({ ...filter, before: next }),
      messages: messagesFor(ctx.locale, ["audit"]),
    };
  });

export default function Trail() {
  const t = useT();
  const at = paths(useLocale());
  const { filter, reply, kinds, today } = useLoaderData<typeof loader>();
  return (
    <Page
      title={t("audit.trailTitle")}
      lead={t("audit.trailLead")}
      crumbs={[{ label: t("audit.title"), to: at.audit() }]}
      wide
    >
      <FormErrors reply={reply} />
      <Form method="get" className="mb-5 grid items-end gap-3 sm:grid-cols-3 elder:grid-cols-1">
        <TextField name="day" type="date" label={t("audit.day")} defaultValue={filter.day} reply={reply} />
        <SelectField
          name="kind"
          label={t("audit.use")}
          empty={t("audit.allUses")}
          defaultValue={filter.kind}
          reply={reply}
          options={kinds.map((kind) => ({ value: kind, label: t(`audit.use_${kind}`) }))}
        />
        <Button look="secondary">{t("common.search")}</Button>
      </Form>
      {reply ? null : (
        <>
          <LinkButton look="quiet" reloadDocument to={at.trailCsv({ day: filter.day ?? today })}>
            {t(filter.day === undefined ? "audit.todayCsv" : "audit.dayCsv")}
          </LinkButton>
          <Uses />
        </>
      )}
    </Page>
  );
}

/** What a filter that could be read finds. */
function Uses() {
  const t = useT();
  const locale = useLocale();
  const { rows, next } = useLoaderData<typeof loader>();
  return (
    <>
      {rows.length === 0 ? <EmptyState title={t("common.none")} /> : null}
      <Table
        caption={t("audit.trailTitle")}
        rows={rows}
        keyOf={(row) => row.id}
        columns={[
          { head: t("common.when"), cell: (row) => moment(locale, row.at) },
          {
            head: t("audit.who"),
            cell: (row) => (
              <span lang="zh-Hans">
                {row.who ?? t(row.kind === "sign_in_failed" ? "audit.noAccount" : "audit.portal")}
              </span>
            ),
          },
          {
            head: t("audit.use"),
            cell: (row) =>
              row.times === 1
                ? t(`audit.use_${row.kind}`)
                : t("audit.useTimes", { use: t(`audit.use_${row.kind}`), n: count(locale, row.times) }),
          },
          { head: t("audit.where"), cell: (row) => <What row={row} /> },
          { head: t("audit.from"), cell: (row) => row.from ?? "" },
        ]}
      />
      <Pagination next={next} />
    </>
  );
}

/** The page, the file, the record or the event that a line is about. */
function What({ row }: { row: UseLine }) {
  const t = useT();
  if (row.householdCode !== null) return <>{row.householdCode}</>;
  if (row.kind === "role") return <>{t(`audit.event_${row.what.replace(".", "_") as "role_grant"}`)}</>;
  return <span className="break-all">{row.what}</span>;
}
