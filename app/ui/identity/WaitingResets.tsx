import { Form } from "@remix-run/react";
import type { waitingStepResets } from "~/domain/identity/stepResets.server";
import { day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { Card } from "../primitives/Page";

type Row = Awaited<ReturnType<typeof waitingStepResets>>[number];

/** Resets of a second step that one admin proposed: another agrees or not, whoever proposed may take it back. */
export function WaitingResets({ rows }: { rows: readonly Row[] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <ul className="grid gap-3">
      {rows.map((row) => (
        <li key={row.id}>
          <Card>
            <p className="font-semibold" lang="zh-Hans">
              {row.displayName}
            </p>
            <p>{t("account.resetFor", { reason: t(`account.stepReason_${row.reason}`) })}</p>
            <p className="text-2 break-all text-muted">{row.email}</p>
            <p className="text-2 text-muted">{t("identity.proposedBy", { who: row.proposer, day: day(locale, row.at) })}</p>
            {row.may === "nothing" ? <p className="mt-2 text-muted">{t("account.resetOfYourself")}</p> : null}
            <Form method="post" className="mt-3 flex flex-wrap gap-3">
              <input type="hidden" name="resetId" value={row.id} />
              {row.may === "decide" ? (
                <>
                  <Button name="intent" value="approveReset">
                    {t("identity.approveRole")}
                  </Button>
                  <Button look="secondary" name="intent" value="rejectReset">
                    {t("identity.rejectRole")}
                  </Button>
                </>
              ) : null}
              {row.may === "withdraw" ? (
                <Button look="secondary" name="intent" value="withdrawReset">
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
