import type { StepTold } from "~/domain/kernel/journal/eventData";
import { calendarDay, colon, moment } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { Timeline } from "../primitives/Timeline";
import { roleKey } from "../shell/roleKey";

export type WayStep = Readonly<{
  id: string;
  event: string;
  at: Date;
  role: string;
  quantity: bigint | null;
  reason: string | null;
  data: StepTold;
}>;

/** Which day a step of a joint day is about. */
const dayOf = (locale: Locale, { data: { day } }: WayStep): string | undefined =>
  day ? calendarDay(locale, day) : undefined;

/** What a corrected moment was and is. */
export const momentsOf = (
  locale: Locale,
  t: ReturnType<typeof useT>,
  { data: { was, shall } }: Pick<WayStep, "data">,
): string | undefined =>
  was && shall
    ? t("journal.momentCorrected", {
        was: moment(locale, new Date(was)),
        shall: moment(locale, new Date(shall)),
      })
    : undefined;

/** Why, which day, from when to when: what a step says beside its name. */
const detailOf = (locale: Locale, t: ReturnType<typeof useT>, step: WayStep): string | undefined => {
  const reason = step.reason
    ? t("common.reason") + colon(locale) + t(`journal.reason_${step.reason}` as MessageKey)
    : undefined;
  const said = [momentsOf(locale, t, step), reason].filter((text) => text !== undefined);
  return said.length > 0 ? said.join(" · ") : dayOf(locale, step);
};

/** The whole way of a gift: every step with its time, role and reason. */
export function GiftWay({ steps }: { steps: readonly WayStep[] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Timeline
      steps={steps.map((step, index) => ({
        key: step.id,
        state: index === steps.length - 1 ? "now" : "done",
        title: `${t(`journal.${step.event.replace(".", "_")}` as MessageKey)}${step.quantity === null ? "" : ` × ${step.quantity}`}`,
        when: moment(locale, step.at),
        who: t(roleKey(step.role)),
        detail: detailOf(locale, t, step),
      }))}
    />
  );
}
