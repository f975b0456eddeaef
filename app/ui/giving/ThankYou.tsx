import type { HumanStep, HumanWay } from "~/domain/trace/giftWays";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Scene } from "../icons/Scene";
import { Card } from "../primitives/Page";
import { expectedOf, titleOf } from "./GiftWays";
import type { GiftPayment } from "./PaymentCard";

type Next = Readonly<{ key: string; says: string; when?: string }>;

/** Three steps are as many as one keeps in mind: that it travels lies between the last two. */
const nextOf = ({ steps }: HumanWay): readonly HumanStep[] =>
  steps.filter(({ state, name }) => state !== "done" && name !== "on_the_way").slice(0, 3);

/** Right after the act: thanks, and what happens next, in three steps with their days. */
export function ThankYou({
  ways,
  payment,
  collectedOn,
}: {
  ways: readonly HumanWay[];
  payment: GiftPayment | undefined;
  collectedOn: string | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  const names = payment && { charity: nameIn(locale, payment.charity), fund: nameIn(locale, payment.fund) };
  const reader = { t, locale, isOwn: true, collectedOn };
  const stepsOf = (way: HumanWay): readonly Next[] =>
    way.kind === "money"
      ? (["booked", "told", "report"] as const).map((key) => ({
          key,
          says: t(`gifts.moneyNext_${key}`, names),
        }))
      : nextOf(way).map((step) => ({
          key: step.name,
          says: titleOf(reader, step),
          when: expectedOf(reader, way.kind, step),
        }));
  return (
    <>
      <div className="rounded-lg bg-jade-soft px-6 py-6 text-center contrast:border-2 contrast:border-line">
        <Scene name="give" className="mx-auto h-32 w-auto max-w-full text-brand" />
      </div>
      <Card className="mt-4">
        <h2 className="text-4">{t("gifts.nextSteps")}</h2>
        {ways.map((way) => (
          <ol key={way.kind} className="mt-3 grid gap-3">
            {stepsOf(way).map(({ key, says, when }, index) => (
              <li key={key} className="flex gap-3">
                <span
                  aria-hidden="true"
                  className="tabular grid size-7 shrink-0 place-items-center rounded-full border-2 border-dotted border-brand text-2 font-bold text-brand elder:size-9"
                >
                  {index + 1}
                </span>
                <div className="min-w-0 flex-1">
                  <p className="font-semibold">{says}</p>
                  {when ? <p className="text-2 text-muted">{when}</p> : null}
                </div>
              </li>
            ))}
          </ol>
        ))}
      </Card>
    </>
  );
}
