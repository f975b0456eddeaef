import { Form } from "@remix-run/react";
import type { openInvitations } from "~/domain/identity/invitations.server";
import { moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { Table } from "../primitives/Table";
import { roleKey } from "../shell/roleKey";

type Row = Awaited<ReturnType<typeof openInvitations>>[number];

/** Invitations that nobody has accepted yet, each to be taken back. */
export function OpenInvitations({
  rows,
  whereOf,
}: {
  rows: readonly Row[];
  whereOf: (row: Pick<Row, "scopeKind" | "scopeId">) => string;
}) {
  const t = useT();
  const locale = useLocale();
  if (rows.length === 0) return null;
  return (
    <div className="mt-6">
      <Table
        caption={t("account.openInvitations")}
        rows={rows}
        keyOf={(row) => row.id}
        columns={[
          { head: t("identity.email"), cell: (row) => <span className="break-all">{row.email}</span> },
          { head: t("identity.role"), cell: (row) => t(roleKey(row.role)) },
          { head: t("identity.where"), cell: (row) => whereOf(row) },
          { head: t("account.until"), cell: (row) => moment(locale, row.expiresAt) },
          {
            head: t("account.withdraw"),
            cell: (row) => (
              <Form method="post">
                <input type="hidden" name="invitationId" value={row.id} />
                <Button look="quiet" name="intent" value="withdraw">
                  {t("account.withdraw")}
                </Button>
              </Form>
            ),
          },
        ]}
      />
    </div>
  );
}
