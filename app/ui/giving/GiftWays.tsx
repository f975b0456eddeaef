import type { HumanStep, HumanWay } from "~/domain/trace/giftWays";
import { count, day, money, nearDay } from "~/i18n/format";
import { type Locale, nameIn } from "~/i18n/locales";
import type { Translate } from "~/i18n/translate";
import { useLocale, useT } from "~/i18n/useT";
import { Heart } from "../icons/Heart";
import { Timeline } from "../primitives/Timeline";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
/** Who reads; and to its donor, when the point comes for it. */
type Reader = Readonly<{ t: Translate; locale: Locale; isOwn: boolean; collectedOn?: string | undefined }>;

/** What is to be done, or what was done, in a few words. */
export const titleOf = ({ t, collectedOn }: Reader, { name, state }: HumanStep): string =>
  state === "done"
    ? t(`gifts.wayDone_${name}`)
    : t(name === "at_point" && collectedOn !== undefined ? "gifts.way_collected" : `gifts.way_${name}`);

/** The day that a step is waited for, in the words of whoever reads it; or what there is to know instead. */
export function expectedOf(
  { t, locale, isOwn, collectedOn }: Reader,
  kind: HumanWay["kind"],
  step: HumanStep,
): string {
  const { name, expectedBy, isLate } = step;
  if (name === "at_point" && collectedOn !== undefined) return collectedOn;
  if (expectedBy) {
    const by = { day: nearDay(locale, expectedBy) };
    if (isLate) return t("gifts.wayLate", by);
    if (name === "visited" && step.state === "now") return t("gifts.wayOn", by);
    if (isOwn && (name === "at_point" || name === "day_agreed")) return t(`gifts.wayPlease_${name}`, by);
    return t("gifts.wayExpected", by);
  }

  if (name === "confirmed") return t("gifts.wayHint_confirmed");
  if (kind === "offer" && name === "on_the_way") return t("gifts.wayHint_found");
  return isOwn && (name === "accepted" || name === "spent") ? t(`gifts.wayHint_${name}`) : "";
}

/** How many came so far, where not all did. */
function partOf(
  { t, locale }: Reader,
  { kind, units }: HumanWay,
  { reached }: HumanStep,
  unit?: Names,
): string {
  if (reached === 0n || reached === units) return "";
  return kind === "money"
    ? t("gifts.waySpent", { n: money(locale, reached), of: money(locale, units) })
    : t("gifts.wayPart", {
        n: count(locale, reached),
        of: count(locale, units),
        unit: unit ? nameIn(locale, unit) : "",
      }).trim();
}

/** When a step was taken, or is expected; what is known of the last one. */
function whenOf(reader: Reader, way: HumanWay, step: HumanStep, unit?: Names): string {
  const { t, locale } = reader;
  const said =
    step.state === "done"
      ? [step.at ? day(locale, step.at) : ""]
      : [partOf(reader, way, step, unit), expectedOf(reader, way.kind, step)];
  if (step.state === "done" && step.name === "in_hands")
    said.push(t(way.isAcknowledged ? "gifts.wayAcknowledged" : "gifts.wayUnconfirmed"));
  return said.filter(Boolean).join(" · ");
}

/** How far a gift has come, in a few steps: those to come are hollow and say their day; the end is green. */
export function GiftWays({
  ways,
  unit,
  isOwn = false,
  collectedOn,
}: {
  ways: readonly HumanWay[];
  /** Of what is counted, where everything in the gift is counted alike. */
  unit?: Names | undefined;
  isOwn?: boolean;
  collectedOn?: string | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  const reader = { t, locale, isOwn, collectedOn };
  return ways.map((way) => (
    <section
      key={way.kind}
      className={`mt-4 rounded-lg border-(length:--border) p-5 shadow-card ${way.isComplete ? "border-jade bg-jade-soft" : "border-line bg-surface"}`}
    >
      <h2 className="mb-4 flex items-center gap-2 text-4">
        {way.isComplete ? <Heart className="size-6 shrink-0 text-jade" /> : null}
        {way.isComplete
          ? t(completeKey(way.kind))
          : t(ways.length > 1 ? `gifts.wayTitleOf_${way.kind}` : "gifts.wayTitle")}
      </h2>
      <Timeline
        steps={way.steps.map((step) => ({
          key: step.name,
          state: step.state,
          title: titleOf(reader, step),
          when: whenOf(reader, way, step, unit),
        }))}
      />
    </section>
  ));
}

const completeKey = (kind: HumanWay["kind"]) =>
  kind === "service" || kind === "money" ? (`gifts.wayComplete_${kind}` as const) : "gifts.wayComplete";
