import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { PARAMETER_KINDS } from "~/domain/lists/desk/parameterKinds";
import { day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import type { ParameterCode } from "~db/schema/factVocabulary";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { EditForm, type Filled } from "../primitives/EditForm";
import { type Reply, TextField } from "../primitives/Field";
import { RequestKey } from "../primitives/FormParts";
import { Card, Tag } from "../primitives/Page";
import { valueWords } from "./valueWords";

type Entry = Readonly<{
  id: string;
  value: number;
  validFrom: Date;
  source: string;
  state: "proposed" | "approved" | "withdrawn";
  proposer: string | null;
  approver: string | null;
  mine: boolean;
  isComing: boolean;
}>;
type Props = Readonly<{
  code: ParameterCode;
  inForceId: string | undefined;
  history: readonly Entry[];
  filled: Filled;
  requestKey: string;
  reply: Reply | undefined;
}>;

/** One dated value: what holds now, what was and what is proposed, and a form for the next. */
export function ValueCard({ code, inForceId, history, filled, requestKey, reply }: Props) {
  const t = useT();
  const now = history.find((entry) => entry.id === inForceId);
  const locale = useLocale();
  return (
    <Card>
      <h2 id={code} className="scroll-mt-4 text-4">
        {t(`desk.parameter_${code}`)}
      </h2>
      <p className="text-2 text-muted">{t(`desk.unit_${PARAMETER_KINDS[code]}`)}</p>
      {now ? <p className="tabular mt-1 text-5 font-bold">{valueWords(t, locale, code, now.value)}</p> : null}
      <ol className="mt-3 divide-y divide-line">
        {history.map((entry) => (
          <li key={entry.id} className="py-3">
            <ValueRow code={code} entry={entry} isNow={entry.id === inForceId} />
          </li>
        ))}
      </ol>
      <details className="mt-2" open={reply !== undefined}>
        <summary className="min-h-tap font-semibold text-brand">{t("desk.proposeValue")}</summary>
        <EditForm filled={filled} reply={reply} className="mt-2 grid gap-4">
          {(kept) => (
            <>
              <RequestKey value={requestKey} reply={reply} />
              <input type="hidden" name="code" value={code} />
              <div className="grid items-start gap-4 sm:grid-cols-2 elder:grid-cols-1">
                <TextField
                  name="value"
                  maxLength={LENGTHS.amount}
                  label={t("desk.newValue")}
                  hint={t(`desk.unit_${PARAMETER_KINDS[code]}`)}
                  inputMode="decimal"
                  reply={kept}
                />
                <TextField name="validFrom" type="date" label={t("desk.from")} reply={kept} />
              </div>
              <TextField
                name="source"
                maxLength={LENGTHS.source}
                label={t("desk.source")}
                hint={t("desk.sourceHint")}
                reply={kept}
              />
              <div>
                <Button look="secondary">{t("desk.propose")}</Button>
              </div>
            </>
          )}
        </EditForm>
      </details>
    </Card>
  );
}

const TONES = { proposed: "wait", approved: "info", withdrawn: "problem" } as const;

function ValueRow({ code, entry, isNow }: { code: ParameterCode; entry: Entry; isNow: boolean }) {
  const t = useT();
  const locale = useLocale();
  const who = [
    entry.proposer ? t("desk.proposedBy", { who: entry.proposer }) : t("desk.setUp"),
    ...(entry.approver ? [t("desk.approvedBy", { who: entry.approver })] : []),
  ].join(" · ");
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-semibold">
          {valueWords(t, locale, code, entry.value)} ·{" "}
          {t("desk.fromDay", { day: day(locale, entry.validFrom) })}
        </p>
        {isNow ? (
          <Tag tone="done">{t("desk.value_now")}</Tag>
        ) : (
          <Tag tone={TONES[entry.state]}>
            {entry.isComing ? t("desk.coming") : t(`desk.value_${entry.state}`)}
          </Tag>
        )}
      </div>
      <p className="text-2 text-muted">
        <span lang="zh-Hans">{entry.source}</span> · {who}
      </p>
      {entry.state === "proposed" ? (
        <Form method="post" className="mt-2 flex flex-wrap items-center gap-3">
          <input type="hidden" name="id" value={entry.id} />
          {entry.mine ? (
            <p className="text-2">{t("desk.own")}</p>
          ) : (
            <Button name="intent" value="approve">
              {t("desk.approve")}
            </Button>
          )}
          <AskFirst name="intent" value="withdraw" label={t("desk.withdraw")} says={t("desk.withdrawSays")} />
        </Form>
      ) : null}
    </>
  );
}
