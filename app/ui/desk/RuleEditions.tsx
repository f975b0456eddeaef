import type { rulePage } from "~/domain/lists/desk/itemQueries.server";
import { day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Section } from "../primitives/Page";
import { RuleShown } from "./RuleShown";

type Shown = Awaited<ReturnType<typeof rulePage>>;

/** The edition of a rule that is in force, and those that are coming, each from its day on. */
export function RuleEditions({
  inForce,
  coming,
  parameters,
}: Pick<Shown, "inForce" | "coming" | "parameters">) {
  const t = useT();
  const locale = useLocale();
  return (
    <>
      {[...(inForce ? [inForce] : []), ...coming].map((edition, index) => (
        <Section key={edition.edition} title={t(index === 0 && inForce ? "ruleDesk.inForce" : "desk.coming")}>
          <RuleShown body={edition.body} parameters={parameters} />
          <p className="mt-2 text-2 text-muted">
            {edition.effectiveFrom
              ? t("ruleDesk.since", { n: edition.edition, day: day(locale, edition.effectiveFrom) })
              : null}
          </p>
        </Section>
      ))}
    </>
  );
}
