import { moment } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { momentsOf, type WayStep } from "../giving/GiftWay";
import { Timeline } from "../primitives/Timeline";
import { roleKey } from "../shell/roleKey";

type Step = Readonly<{
  id: string;
  event: string;
  at: Date;
  role: string;
  reason: string | null;
  data: WayStep["data"];
  who: string | null;
}>;

/** Every step of a delivery, with its time, role and, for those who look after the recipient, who did it. */
export function DeliveryWay({ steps }: { steps: readonly Step[] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Timeline
      steps={steps.map((step, index) => ({
        key: step.id,
        state: index === steps.length - 1 ? "now" : "done",
        title: t(`journal.${step.event.replace(".", "_")}` as MessageKey),
        when: moment(locale, step.at),
        who: [t(roleKey(step.role)), step.who].filter(Boolean).join(" "),
        detail:
          [
            momentsOf(locale, t, step),
            step.reason ? t(`journal.reason_${step.reason}` as MessageKey) : undefined,
          ]
            .filter(Boolean)
            .join(" · ") || undefined,
      }))}
    />
  );
}
