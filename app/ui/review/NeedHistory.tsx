import { ownOf } from "~/domain/kernel/own";
import { moment } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { TextLink } from "../primitives/Button";
import { Notice, Section } from "../primitives/Page";
import { Timeline } from "../primitives/Timeline";
import { roleKey } from "../shell/roleKey";

type Other = Readonly<{ id: string; code: string }>;
export type NeedStep = Readonly<{
  id: string;
  event: string;
  occurredAt: Date;
  recordedAt: Date;
  role: string;
  reason: string | null;
  who: string | null;
  other: Other | undefined;
}>;

const REASON_WORDS: Readonly<Record<string, string>> = {
  "need.return": "review.return_",
  "need.reject": "review.return_",
  "need.suspend": "review.suspend_",
  "need.merge": "review.merge_",
  "need.absorb": "review.merge_",
  "need.approve_over_cap": "intake.over_",
};

const reasonKey = ({ event, reason }: Pick<NeedStep, "event" | "reason">) =>
  `${ownOf(REASON_WORDS, event) ?? "journal.reason_"}${reason ?? ""}` as MessageKey;

/** What happened to a need, for those who work on it: when, by whom, and why. */
export function NeedHistory({ steps, to }: { steps: readonly NeedStep[]; to: (id: string) => string }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Section title={t("review.historyTitle")}>
      <Timeline
        steps={steps.map((step, index) => ({
          key: step.id,
          state: index === steps.length - 1 ? "now" : "done",
          title: t(`journal.${step.event.replace(".", "_")}` as MessageKey),
          when: moment(locale, step.recordedAt),
          who: step.who ? `${step.who} · ${t(roleKey(step.role))}` : t(roleKey(step.role)),
          detail: (
            <>
              {step.reason ? <p>{t(reasonKey(step))}</p> : null}
              {step.other ? (
                <p>
                  {t("review.withOther")} <TextLink to={to(step.other.id)}>{step.other.code}</TextLink>
                </p>
              ) : null}
            </>
          ),
        }))}
      />
    </Section>
  );
}

/** At the top of both pages after two wishes became one: which way, and why. */
export function Merged({ steps, to }: { steps: readonly NeedStep[]; to: (id: string) => string }) {
  const t = useT();
  const step = steps.findLast(({ event }) => event === "need.merge" || event === "need.absorb");
  if (!step?.other) return null;
  return (
    <div className="mb-4">
      <Notice tone={step.event === "need.merge" ? "wait" : "info"}>
        <p className="font-semibold">
          {t(step.event === "need.merge" ? "review.mergedInto" : "review.mergedHere", {
            code: step.other.code,
          })}
        </p>
        <p>{t(reasonKey(step))}</p>
        <TextLink to={to(step.other.id)}>{step.other.code}</TextLink>
      </Notice>
    </div>
  );
}
