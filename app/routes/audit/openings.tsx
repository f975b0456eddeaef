import { useLoaderData } from "@remix-run/react";
import { openings } from "~/domain/audit/openings.server";
import { holds } from "~/domain/kernel/actor";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { idInQuery } from "~/http/ids.server";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { TextLink } from "~/ui/primitives/Button";
import { EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { Table } from "~/ui/primitives/Table";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { roleKey } from "~/ui/shell/roleKey";

export const handle: PageHandle = { title: "audit.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { rows, next } = await openings(ctx, idInQuery(args, "before"));
    return {
      rows,
      readsRoles: holds(ctx.actor, "auditor"),
      next: next && `${paths(ctx.locale).audit()}?before=${next}`,
      messages: messagesFor(ctx.locale, ["audit", "identity", "households", "wishes"]),
    };
  });

export default function Audit() {
  const t = useT();
  const locale = useLocale();
  const { rows, next, readsRoles } = useLoaderData<typeof loader>();
  return (
    <Page title={t("audit.title")} lead={t("audit.lead")} wide>
      {readsRoles ? (
        <p className="mb-5 flex flex-wrap gap-x-5">
          <TextLink to={paths(locale).roleChanges()}>{t("audit.rolesTitle")}</TextLink>
          <TextLink to={paths(locale).trail()}>{t("audit.trailTitle")}</TextLink>
        </p>
      ) : null}
      {rows.length === 0 ? <EmptyState title={t("audit.empty")} /> : null}
      <Table
        caption={t("audit.title")}
        rows={rows}
        keyOf={(row) => row.opening.id}
        columns={[
          { head: t("common.when"), cell: (row) => moment(locale, row.opening.openedAt) },
          { head: t("audit.who"), cell: (row) => `${row.who} · ${t(roleKey(row.opening.role))}` },
          { head: t("audit.record"), cell: (row) => row.householdCode },
          { head: t("wishes.town"), cell: (row) => nameIn(locale, row.town) },
          { head: t("common.reason"), cell: (row) => t(`households.reason_${row.opening.reason}`) },
        ]}
      />
      <Pagination next={next} />
    </Page>
  );
}
