import { useT } from "~/i18n/useT";
import { Tag } from "~/ui/primitives/Page";
import type { DeliveryState } from "~db/schema/delivery";

export type TaggedDelivery = Readonly<{
  state: DeliveryState;
  disputedAt: Date | null;
  unconfirmedSince: Date | null;
}>;

const TONES = {
  packed: "wait",
  dispatched: "info",
  failed_attempt: "problem",
  returning: "problem",
  handed_over: "info",
  confirmed: "done",
  returned: "info",
  lost: "problem",
  cancelled: "info",
} as const;

/** How a delivery stands, and what is doubtful about it. */
export function DeliveryTag({ delivery }: { delivery: TaggedDelivery }) {
  const t = useT();
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Tag tone={TONES[delivery.state]}>{t(`store.state_${delivery.state}`)}</Tag>
      {delivery.disputedAt ? <Tag tone="problem">{t("handover.disputedTag")}</Tag> : null}
      {delivery.unconfirmedSince && delivery.state === "handed_over" ? (
        <Tag tone="wait">{t("handover.overdueTag")}</Tag>
      ) : null}
    </span>
  );
}
