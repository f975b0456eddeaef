import type { ReactNode } from "react";
import { useT } from "~/i18n/useT";
import { CorrectMoments } from "../moments/CorrectMoments";
import type { Reply } from "../primitives/Field";
import { Tag } from "../primitives/Page";
import { DecideCard } from "./DecideCard";

type Props = Readonly<{
  title: ReactNode;
  note: string;
  state: "proposed" | "approved" | "rejected";
  mine: boolean;
  field: Readonly<{ name: string; value: string }>;
  intents: Readonly<{ yes: string; no: string }>;
  moment: Readonly<{
    step: "bought" | "spent";
    at: Date;
    now: string;
    requestKey: string;
    reply: Reply | undefined;
  }>;
}>;

/** A voucher that was written down: for another person of finance to decide, and to put its day right. */
export function VoucherCard({
  title,
  note,
  state,
  mine,
  field,
  intents,
  moment: { step, at, ...moment },
}: Props) {
  const t = useT();
  return (
    <>
      <DecideCard
        title={title}
        note={<span lang="zh-Hans">{note}</span>}
        field={field}
        yes={{ intent: intents.yes, label: t("finance.approve") }}
        no={{ intent: intents.no, label: t("finance.reject") }}
        instead={
          state === "proposed" && !mine ? undefined : (
            <Tag tone={state === "approved" ? "done" : state === "rejected" ? "problem" : "wait"}>
              {t(`finance.state_${state}`)}
            </Tag>
          )
        }
      />
      {state === "rejected" ? null : (
        <div className="mt-3">
          <CorrectMoments moments={[{ step, id: field.value, at, mine }]} {...moment} />
        </div>
      )}
    </>
  );
}
