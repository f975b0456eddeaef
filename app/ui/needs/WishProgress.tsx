import { day, moment } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { Section } from "../primitives/Page";
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
          <ul className="grid gap-3">
            {words.map((feedback) => (
              <li key={feedback.id} className="rounded-lg border-l-4 border-jade bg-jade-soft p-4">
                <p lang="zh-Hans" className="text-4">
                  “{feedback.words}”
                </p>
                <p className="mt-1 text-2 text-muted">{day(locale, feedback.at)}</p>
              </li>
            ))}
          </ul>
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
