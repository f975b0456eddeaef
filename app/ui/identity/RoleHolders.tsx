import { Form } from "@remix-run/react";
import type { ComponentProps } from "react";
import type { peopleWithRoles } from "~/domain/identity/roles.server";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { type Reply, TextField } from "../primitives/Field";
import { EmptyState, Section } from "../primitives/Page";
import { Pagination } from "../primitives/Pagination";
import { Table } from "../primitives/Table";
import { roleKey } from "../shell/roleKey";
import { AccountState } from "./AccountState";

type Row = Awaited<ReturnType<typeof peopleWithRoles>>["rows"][number];
type Props = Readonly<{
  /** The address that was looked for, as it was typed. */
  asked: string;
  found: ComponentProps<typeof AccountState>["account"] | undefined;
  rows: readonly Row[];
  whereOf: (grant: Pick<Row["grant"], "scopeKind" | "scopeId">) => string;
  next: string | undefined;
  reply: Reply | undefined;
}>;

/** Who holds which role where, to be looked for by address, each role to be taken back. */
export function RoleHolders({ asked, found, rows, whereOf, next, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <Section title={t("identity.whoHasRoles")}>
      <Form method="get" role="search" className="mb-4 flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <TextField
            name="who"
            maxLength={LENGTHS.mail}
            type="search"
            label={t("identity.findByMail")}
            defaultValue={asked}
          />
        </div>
        <Button look="secondary">{t("common.search")}</Button>
      </Form>
      {found ? <AccountState account={found} reply={reply} /> : null}
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
                <AskFirst
                  name="intent"
                  value="revoke"
                  label={t("identity.takeRole")}
                  says={t("identity.takeRoleSays")}
                />
              </Form>
            ),
          },
        ]}
      />
      <Pagination next={next} />
    </Section>
  );
}
