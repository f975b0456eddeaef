import { useLoaderData } from "@remix-run/react";
import { roleChanges } from "~/domain/audit/roleChanges.server";
import { rolePlacesOf } from "~/domain/identity/roles.server";
import { holds } from "~/domain/kernel/actor";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { idInQuery } from "~/http/ids.server";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { Table } from "~/ui/primitives/Table";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { roleKey } from "~/ui/shell/roleKey";

export const handle: PageHandle = { title: "audit.rolesTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { rows, next } = await roleChanges(ctx, idInQuery(args, "before"));
    return {
      rows,
      isAuditor: holds(ctx.actor, "auditor"),
      places: await rolePlacesOf(ctx),
      next: next && `${paths(ctx.locale).roleChanges()}?before=${next}`,
      messages: messagesFor(ctx.locale, ["audit", "identity", "account"]),
    };
  });

export default function RoleChanges() {
  const t = useT();
  const locale = useLocale();
  const { rows, isAuditor, places, next } = useLoaderData<typeof loader>();
  const whereOf = (kind: string, id: string): string => {
    const place = places.find(({ where }) => where === `${kind}:${id}`);
    return kind === "city" ? t("identity.wholeCity") : place ? nameIn(locale, place) : id;
  };

  const at = paths(locale);
  const back = isAuditor
    ? { label: t("audit.title"), to: at.audit() }
    : { label: t("identity.peopleTitle"), to: at.adminPeople() };
  return (
    <Page title={t("audit.rolesTitle")} lead={t("audit.rolesLead")} crumbs={[back]} wide>
      {rows.length === 0 ? <EmptyState title={t("common.none")} /> : null}
      <Table
        caption={t("audit.rolesTitle")}
        rows={rows}
        keyOf={(row) => row.id}
        columns={[
          { head: t("common.when"), cell: (row) => moment(locale, row.at) },
          {
            head: t("audit.who"),
            cell: (row) => <span lang="zh-Hans">{row.actor ?? t("identity.roleSystem")}</span>,
          },
          {
            head: t("audit.what"),
            cell: (row) => t(`audit.event_${row.event.replace(".", "_") as "role_grant"}`),
          },
          { head: t("audit.toWhom"), cell: (row) => <span lang="zh-Hans">{row.whose ?? ""}</span> },
          {
            head: t("identity.role"),
            cell: (row) =>
              row.role === null || row.scopeKind === null
                ? ""
                : `${t(roleKey(row.role))} · ${whereOf(row.scopeKind, row.scopeId ?? "")}`,
          },
        ]}
      />
      <Pagination next={next} />
    </Page>
  );
}
