import { Form } from "@remix-run/react";
import { list, moment } from "~/i18n/format";
import { nameIn, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { TICK } from "../primitives/Field";
import { unitName } from "../store/things";
import { reasonWords } from "./Reasons";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
export type Proposal = Readonly<{
  allocation: Readonly<{
    id: string;
    quantity: bigint;
    reasons: Record<string, number>;
    expiresAt: Date;
  }>;
  label: string;
  needCode: string;
  item: string;
  itemHant: string;
  kind: Names & Readonly<{ code: string }>;
  unit: Names & Readonly<{ nameEnPlural: string }>;
  town: Names;
  mine: boolean;
}>;

const APPROVE = "approve-ticked";

/** What others proposed: one look at all of it, and one press for what is ticked. */
export function ToApprove({ rows }: { rows: readonly Proposal[] }) {
  const t = useT();
  return (
    <div className="grid gap-3">
      <p className="text-4">{useSummary(rows)}</p>
      <ul className="divide-y divide-line rounded-lg border-(length:--border) border-line bg-surface px-4">
        {rows.map((row) => (
          <li key={row.allocation.id} className="flex flex-wrap items-start justify-between gap-3 py-3">
            <label className="flex min-h-tap min-w-0 flex-1 basis-64 cursor-pointer items-start gap-3">
              <input
                type="checkbox"
                form={APPROVE}
                name="allocationIds"
                value={row.allocation.id}
                defaultChecked
                className={`${TICK} mt-0.5`}
              />
              <ProposalWords row={row} />
            </label>
            <Form method="post">
              <input type="hidden" name="allocationId" value={row.allocation.id} />
              <AskFirst
                name="intent"
                value="reject"
                label={t("matching.reject")}
                says={t("matching.rejectSays")}
              />
            </Form>
          </li>
        ))}
      </ul>
      <Form method="post" id={APPROVE}>
        <Button name="intent" value="approve">
          {t("matching.approveAll")}
        </Button>
      </Form>
    </div>
  );
}

/** "12 in all: bags 9, wheelchairs 3; to 5 towns." */
function useSummary(rows: readonly Proposal[]): string {
  const t = useT();
  const locale = useLocale();
  const sums = new Map<string, { row: Proposal; n: bigint }>();
  for (const row of rows) {
    const n = (sums.get(row.kind.code)?.n ?? 0n) + row.allocation.quantity;
    sums.set(row.kind.code, { row, n });
  }

  const things = [...sums.values()].map(({ row, n }) =>
    t("matching.thing", {
      name: nameIn(locale, row.kind),
      n: String(n),
      unit: unitName(locale, row.unit, n),
    }),
  );
  const towns = new Set(rows.map(({ town }) => town.nameHans)).size;
  return t("matching.approveSummary", { n: rows.length, things: list(locale, things), towns });
}

/** What its reader proposed themselves, and may take back. */
export function MyProposals({ rows }: { rows: readonly Proposal[] }) {
  const t = useT();
  return (
    <ul className="divide-y divide-line rounded-lg border-(length:--border) border-line bg-surface px-4">
      {rows.map((row) => (
        <li key={row.allocation.id} className="flex flex-wrap items-start justify-between gap-3 py-3">
          <ProposalWords row={row} />
          <Form method="post">
            <input type="hidden" name="allocationId" value={row.allocation.id} />
            <Button look="quiet" name="intent" value="withdraw">
              {t("matching.withdraw")}
            </Button>
          </Form>
        </li>
      ))}
    </ul>
  );
}

function ProposalWords({ row }: { row: Proposal }) {
  const t = useT();
  const locale = useLocale();
  const { quantity, reasons, expiresAt } = row.allocation;
  const notes = [...reasonWords(t, reasons), t("matching.keptUntil", { time: moment(locale, expiresAt) })];
  return (
    <span className="block min-w-0">
      <span className="block font-semibold">
        {nameIn(locale, row.kind)} × {String(quantity)} {unitName(locale, row.unit, quantity)} →{" "}
        {nameIn(locale, row.town)}
      </span>
      <span className="block" lang="zh-Hans">
        {wordsIn(locale, row.item, row.itemHant)}
      </span>
      <span className="block text-2 text-muted">{notes.join(" · ")}</span>
      <span className="block text-1 text-muted">
        {row.label} → {row.needCode}
      </span>
    </span>
  );
}
