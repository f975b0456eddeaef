import { day, moment } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { Section } from "../primitives/Page";
import { Quotes } from "../primitives/Quotes";
import { Timeline } from "../primitives/Timeline";
import { roleKey } from "../shell/roleKey";

type Step = Readonly<{ id: string; event: string; at: Date; role: string; quantity: bigint | null }>;
type Words = Readonly<{ id: string; words: string | null; rating: number; at: Date }>;

/** What happened to a wish, in the order in which it did, and what its recipients said. */
export function WishProgress({ steps, words }: { steps: readonly Step[]; words: readonly Words[] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <>
      {words.length > 0 ? (
        <Section title={t("wishes.feedbackTitle")}>
          <Quotes
            quotes={words.map((feedback) => ({
              key: feedback.id,
              words: feedback.words ?? "",
              note: day(locale, feedback.at),
            }))}
          />
        </Section>
      ) : null}
      <Section title={t("wishes.timeline")} id="way">
        <Timeline
          steps={steps.map((step) => ({
            key: step.id,
            state: "done",
            title: `${t(`journal.${step.event.replace(".", "_")}` as MessageKey)}${step.quantity === null ? "" : ` × ${step.quantity}`}`,
            when: moment(locale, step.at),
            who: t(roleKey(step.role)),
          }))}
        />
      </Section>
    </>
  );
}
