import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { Card } from "../primitives/Page";

type Row = Readonly<{
  id: string;
  email: string | null;
  proposer: string;
  at: Date;
  may: "decide" | "withdraw" | "nothing";
}>;

type Props = Readonly<{
  row: Row;
  /** What is said to whom it is about, who decides nothing. */
  ofYourself: string;
  intents: Readonly<{ approve: string; reject: string; withdraw: string }>;
  children: ReactNode;
}>;

/** What one admin proposed: another agrees or not, whoever proposed may take it back. */
export function SecondAdmin({ row, ofYourself, intents, children }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <Card>
      {children}
      <p className="text-2 break-all text-muted">{row.email}</p>
      <p className="text-2 text-muted">
        {t("identity.proposedBy", { who: row.proposer, day: day(locale, row.at) })}
      </p>
      {row.may === "nothing" ? <p className="mt-2 text-muted">{ofYourself}</p> : null}
      <Form method="post" className="mt-3 flex flex-wrap gap-3">
        <input type="hidden" name="proposalId" value={row.id} />
        {row.may === "decide" ? (
          <>
            <Button name="intent" value={intents.approve}>
              {t("identity.approveRole")}
            </Button>
            <Button look="secondary" name="intent" value={intents.reject}>
              {t("identity.rejectRole")}
            </Button>
          </>
        ) : null}
        {row.may === "withdraw" ? (
          <Button look="secondary" name="intent" value={intents.withdraw}>
            {t("identity.withdrawRole")}
          </Button>
        ) : null}
      </Form>
    </Card>
  );
}
