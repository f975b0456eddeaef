import { Form } from "@remix-run/react";
import type { waitingRoles } from "~/domain/identity/roleProposals.server";
import { day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { Card } from "../primitives/Page";
import { roleKey } from "../shell/roleKey";

type Row = Awaited<ReturnType<typeof waitingRoles>>[number];

/** Roles that one admin proposed: another agrees or not, whoever proposed may take it back. */
export function WaitingRoles({ rows, whereOf }: { rows: readonly Row[]; whereOf: (row: Pick<Row, "scopeKind" | "scopeId">) => string }) {
  const t = useT();
  const locale = useLocale();
  return (
    <ul className="grid gap-3">
      {rows.map((row) => (
        <li key={row.id}>
          <Card>
            <p className="font-semibold">
              <span lang="zh-Hans">{row.displayName}</span> · {t(roleKey(row.role))} · {whereOf(row)}
            </p>
            <p className="text-2 break-all text-muted">{row.email}</p>
            <p className="text-2 text-muted">{t("identity.proposedBy", { who: row.proposer, day: day(locale, row.at) })}</p>
            {row.may === "nothing" ? <p className="mt-2 text-muted">{t("identity.roleForYourself")}</p> : null}
            <Form method="post" className="mt-3 flex flex-wrap gap-3">
              <input type="hidden" name="proposalId" value={row.id} />
              {row.may === "decide" ? (
                <>
                  <Button name="intent" value="approveRole">
                    {t("identity.approveRole")}
                  </Button>
                  <Button look="secondary" name="intent" value="rejectRole">
                    {t("identity.rejectRole")}
                  </Button>
                </>
              ) : null}
              {row.may === "withdraw" ? (
                <Button look="secondary" name="intent" value="withdrawRole">
                  {t("identity.withdrawRole")}
                </Button>
              ) : null}
            </Form>
          </Card>
        </li>
      ))}
    </ul>
  );
}
