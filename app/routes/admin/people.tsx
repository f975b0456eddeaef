import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { GrantRoleInput } from "~/domain/identity/roleSchemas";
import { grantRole, peopleWithRoles, revokeRole } from "~/domain/identity/roles.server";
import { STAFF_ROLES } from "~/domain/identity/roleWords";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { replyOf } from "~/http/reply";
import { day } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { AskFirst } from "~/ui/primitives/AskFirst";
import { Button } from "~/ui/primitives/Button";
import { SelectField, TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { EmptyState, Page, Section } from "~/ui/primitives/Page";
import { Table } from "~/ui/primitives/Table";
import { roleKey } from "~/ui/shell/roleKey";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const email = new URL(args.request.url).searchParams.get("who")?.trim() ?? "";
    return { email, ...(await peopleWithRoles(ctx, email === "" ? undefined : email)), messages: messagesFor(ctx.locale, ["identity"]) };
  });

export const action = (args: RouteArgs) => {
  const back = (ctx: { locale: Parameters<typeof paths>[0] }, key: DoneKey) => doneAt(paths(ctx.locale).adminPeople(), key);
  return act(args, GrantRoleInput, async (ctx, input) => grantRole(ctx, input).then(() => back(ctx, "done.roleGiven")), {
    revoke: async (ctx, form) => revokeRole(ctx, z.uuid().parse(form.get("grantId"))).then(() => back(ctx, "done.roleEnded")),
  });
};

export default function AdminPeople() {
  const t = useT();
  const locale = useLocale();
  const { email, rows, places } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  const named = places.map((place) => ({ value: place.where, label: nameIn(locale, place) }));
  const whereOf = (grant: (typeof rows)[number]["grant"]) =>
    grant.scopeKind === "city" ? t("identity.wholeCity") : (named.find((place) => place.value === `${grant.scopeKind}:${grant.scopeId}`)?.label ?? grant.scopeId);
  return (
    <Page title={t("identity.peopleTitle")} lead={t("identity.peopleLead")} wide>
      <FormErrors reply={reply} />
      <Form method="post" className="grid items-start gap-4 sm:grid-cols-[2fr_1fr_2fr_auto] elder:grid-cols-1">
        <TextField name="email" type="email" label={t("identity.email")} autoComplete="off" reply={reply} />
        <SelectField name="role" label={t("identity.role")} empty="" options={STAFF_ROLES.map((role) => ({ value: role, label: t(roleKey(role)) }))} reply={reply} />
        <SelectField name="where" label={t("identity.where")} empty="" options={[{ value: "city", label: t("identity.wholeCity") }, ...named]} reply={reply} />
        <div className="self-end">
          <Button>{t("identity.giveRole")}</Button>
        </div>
      </Form>
      <Section title={t("identity.whoHasRoles")}>
        <Form method="get" role="search" className="mb-4 flex flex-wrap items-end gap-3">
          <div className="min-w-0 flex-1 basis-60">
            <TextField name="who" type="search" label={t("identity.findByMail")} defaultValue={email} />
          </div>
          <Button look="secondary">{t("common.search")}</Button>
        </Form>
        {rows.length === 0 ? <EmptyState title={t("common.none")} /> : null}
        <Table
          caption={t("identity.whoHasRoles")}
          rows={rows}
          keyOf={(row) => row.grant.id}
          columns={[
            { head: t("identity.email"), cell: (row) => <span className="break-all">{row.email}</span> },
            { head: t("identity.name"), cell: (row) => <span lang="zh-Hans">{row.displayName}</span> },
            { head: t("identity.role"), cell: (row) => t(roleKey(row.grant.role)) },
            { head: t("identity.where"), cell: (row) => whereOf(row.grant) },
            { head: t("identity.since"), cell: (row) => day(locale, row.grant.grantedAt) },
            {
              head: t("identity.takeRole"),
              cell: (row) => (
                <Form method="post">
                  <input type="hidden" name="grantId" value={row.grant.id} />
                  <AskFirst name="intent" value="revoke" label={t("identity.takeRole")} says={t("identity.takeRoleSays")} />
                </Form>
              ),
            },
          ]}
        />
      </Section>
    </Page>
  );
}
