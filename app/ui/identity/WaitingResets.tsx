import type { waitingStepResets } from "~/domain/identity/stepResets.server";
import { useT } from "~/i18n/useT";
import { SecondAdmin } from "./SecondAdmin";

type Row = Awaited<ReturnType<typeof waitingStepResets>>[number];

const INTENTS = { approve: "approveReset", reject: "rejectReset", withdraw: "withdrawReset" } as const;

/** Resets of a second step that one admin proposed and another decides. */
export function WaitingResets({ rows }: { rows: readonly Row[] }) {
  const t = useT();
  return (
    <ul className="grid gap-3">
      {rows.map((row) => (
        <li key={row.id}>
          <SecondAdmin row={row} ofYourself={t("account.resetOfYourself")} intents={INTENTS}>
            <p className="font-semibold" lang="zh-Hans">
              {row.displayName}
            </p>
            <p>{t("account.resetFor", { reason: t(`account.stepReason_${row.reason}`) })}</p>
          </SecondAdmin>
        </li>
      ))}
    </ul>
  );
}
