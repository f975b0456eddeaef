import { Form } from "@remix-run/react";
import type { CorrectableMoment } from "~/domain/kernel/moments/correct.server";
import type { MomentCorrection } from "~/domain/kernel/moments/entries.server";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { OUTCOMES_OF } from "~/domain/requests/requestVocabulary";
import { day, moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import type { RequestKind, RequestOutcome } from "~db/schema/requests";
import { Corrections } from "../moments/Corrections";
import { CorrectMoments } from "../moments/CorrectMoments";
import { Button, TextLink } from "../primitives/Button";
import { ChoiceField, type Reply, TextField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Card, EmptyState, Section, Tag } from "../primitives/Page";

type Own = Readonly<{
  requests: readonly Request[];
  mayClose: boolean;
  /** Where a wish is read; undefined for those who see its code alone. */
  toNeed: ((id: string) => string) | undefined;
  replyTo: (requestId: string) => Reply | undefined;
  /** What a form of a request's moment needs. */
  correcting: Readonly<{ now: string; requestKey: string; reply: Reply | undefined }>;
}>;

type Request = Readonly<{
  id: string;
  kind: RequestKind;
  need: Readonly<{ id: string; code: string }> | null;
  state: "open" | "done";
  occurredAt: Date;
  dueAt: Date | null;
  escalatedAt: Date | null;
  recordedBy: string;
  closedAt: Date | null;
  closedBy: string | null;
  outcome: RequestOutcome | null;
  hasWords: boolean;
  words: string | undefined;
  answer: string | undefined;
  moments: readonly CorrectableMoment[];
  corrections: readonly MomentCorrection[];
}>;

/** What a recipient asked for, newest first: what is still to be done, and what became of the rest. */
export function Requests({ requests, mayClose, toNeed, replyTo, correcting }: Own) {
  const t = useT();
  return (
    <Section title={t("households.requestsTitle")}>
      {requests.length === 0 ? <EmptyState title={t("households.noRequests")} /> : null}
      <ul className="grid gap-3">
        {requests.map((request) => (
          <li key={request.id}>
            <Card>
              <OneRequest request={request} toNeed={toNeed} />
              {request.state === "open" && mayClose ? (
                <CloseForm request={request} reply={replyTo(request.id)} />
              ) : null}
              {request.moments.length === 0 ? null : (
                <div className="mt-3">
                  <CorrectMoments moments={request.moments} {...correcting} />
                </div>
              )}
            </Card>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function OneRequest({ request, toNeed }: { request: Request } & Pick<Own, "toNeed">) {
  const t = useT();
  const locale = useLocale();
  const { kind, need, state, outcome, closedAt, closedBy, words, answer, dueAt, escalatedAt } = request;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-4">{t(`households.request_${kind}`)}</h3>
        <Tag tone={state === "open" ? "wait" : "done"}>
          {t(state === "open" ? "households.requestOpen" : "households.requestDone")}
        </Tag>
      </div>
      {need ? (
        <p className="flex flex-wrap items-center gap-x-2">
          {t("households.aboutWish")}{" "}
          {toNeed ? <TextLink to={toNeed(need.id)}>{need.code}</TextLink> : need.code}
        </p>
      ) : null}
      <p className="text-2 text-muted">
        {t("households.recordedBy", { time: moment(locale, request.occurredAt), who: request.recordedBy })}
      </p>
      <Corrections of={request.corrections} />
      {dueAt ? (
        <p className="text-2">
          {t(escalatedAt ? "households.requestLateSince" : "households.requestDue", {
            day: day(locale, dueAt),
          })}
        </p>
      ) : null}
      {words === undefined ? null : <p className="mt-2 whitespace-pre-line" lang="zh-Hans">{`“${words}”`}</p>}
      {outcome ? (
        <div className="mt-3 border-t border-line pt-3">
          <p className="font-semibold">{t(`households.outcome_${outcome}`)}</p>
          {answer === undefined ? null : (
            <p className="whitespace-pre-line" lang="zh-Hans">
              {answer}
            </p>
          )}
          {closedAt ? (
            <p className="text-2 text-muted">
              {t("households.closedBy", { time: moment(locale, closedAt), who: closedBy ?? "" })}
            </p>
          ) : null}
        </div>
      ) : null}
      {request.hasWords && words === undefined && answer === undefined ? (
        <p className="mt-2 text-2 text-muted">{t("households.wordsSealed")}</p>
      ) : null}
      {kind === "erase" && state === "open" ? <p className="mt-2">{t("households.waitsForAdmin")}</p> : null}
    </>
  );
}

function CloseForm({ request, reply }: { request: Request; reply: Reply | undefined }) {
  const t = useT();
  const outcomes = OUTCOMES_OF[request.kind === "erase" ? "erase" : "correct"];
  return (
    <details className="mt-3 border-t border-line pt-2" open={reply !== undefined}>
      <summary className="flex min-h-tap cursor-pointer items-center font-semibold text-brand">
        {t(request.kind === "erase" ? "households.outcome_taken_back" : "households.close")}
      </summary>
      <Form method="post" className="mt-2 grid gap-4">
        <FormErrors reply={reply} />
        <input type="hidden" name="requestId" value={request.id} />
        <ChoiceField
          name="outcome"
          label={t("households.closeOutcome")}
          columns={2}
          {...(outcomes.length === 1 ? { defaultValue: outcomes[0] } : {})}
          options={outcomes.map((outcome) => ({ value: outcome, label: t(`households.outcome_${outcome}`) }))}
          reply={reply}
        />
        <TextField
          name="answer"
          label={t("households.closeAnswer")}
          rows={2}
          maxLength={LENGTHS.words}
          reply={reply}
        />
        <div>
          <Button name="intent" value="close">
            {t("households.closeSend")}
          </Button>
        </div>
      </Form>
    </details>
  );
}
