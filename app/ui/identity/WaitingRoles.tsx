import type { waitingRoles } from "~/domain/identity/roleProposals.server";
import { useT } from "~/i18n/useT";
import { roleKey } from "../shell/roleKey";
import { SecondAdmin } from "./SecondAdmin";

type Row = Awaited<ReturnType<typeof waitingRoles>>[number];

const INTENTS = { approve: "approveRole", reject: "rejectRole", withdraw: "withdrawRole" } as const;

/** Roles that one admin proposed and another decides. */
export function WaitingRoles({
  rows,
  whereOf,
}: {
  rows: readonly Row[];
  whereOf: (row: Pick<Row, "scopeKind" | "scopeId">) => string;
}) {
  const t = useT();
  return (
    <ul className="grid gap-3">
      {rows.map((row) => (
        <li key={row.id}>
          <SecondAdmin row={row} ofYourself={t("identity.roleForYourself")} intents={INTENTS}>
            <p className="font-semibold">
              <span lang="zh-Hans">{row.displayName}</span> · {t(roleKey(row.role))} · {whereOf(row)}
            </p>
          </SecondAdmin>
        </li>
      ))}
    </ul>
  );
}
