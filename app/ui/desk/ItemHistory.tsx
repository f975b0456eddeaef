import { ownOf } from "~/domain/kernel/own";
import { list, moment } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";

const EVENTS = ["add", "import", "edit", "check", "publish", "take_in", "retire"] as const;
/** Columns of an item whose change is told, each with its words. */
const FIELDS: Readonly<Record<string, MessageKey>> = {
  category: "desk.category",
  name: "desk.name",
  nameHant: "desk.nameHant",
  nameEn: "desk.nameEn",
  targetGroup: "desk.targetGroup",
  content: "desk.content",
  standard: "desk.standard",
  provider: "desk.provider",
  situations: "desk.situations",
  audiences: "desk.audiences",
  townCodes: "desk.towns",
  howToApply: "desk.howToApply",
  papers: "desk.papers",
  place: "desk.place",
  phone: "desk.phone",
  hours: "desk.hours",
  url: "desk.url",
  ownerId: "desk.owner",
};

type Step = Readonly<{ id: string; event: string; at: Date; who: string | null; changed: readonly string[] }>;

/** What happened to an item, newest first: who, when, and which parts of it changed. */
export function ItemHistory({ steps }: { steps: readonly Step[] }) {
  const t = useT();
  const locale = useLocale();
  if (steps.length === 0) return <p className="text-muted">{t("desk.noHistory")}</p>;
  return (
    <ol className="divide-y divide-line">
      {steps.map((step) => {
        const event = EVENTS.find((known) => step.event === `list_item.${known}`);
        const fields = step.changed.flatMap((column) => ownOf(FIELDS, column) ?? []).map((field) => t(field));
        return (
          <li key={step.id} className="py-3">
            <p>
              <span className="font-semibold">{event ? t(`desk.event_${event}`) : step.event}</span> ·{" "}
              {step.who ?? t("desk.bySystem")} · {moment(locale, step.at)}
            </p>
            {fields.length > 0 ? (
              <p className="text-2 text-muted">{t("desk.fieldsChanged", { fields: list(locale, fields) })}</p>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
