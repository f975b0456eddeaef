import { useState } from "react";
import { likelyOf } from "~/domain/screening/visitQuestions";
import { langOfWords } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { ChoiceField } from "../primitives/Field";
import { isMarked, useVisit } from "./visit";

/** What the home receives already: asked of what it is likely entitled to, the rest lies folded below. */
export function ReceivedPart({ id }: { id: string }) {
  const t = useT();
  const locale = useLocale();
  const { kept, asking } = useVisit();
  const likely = likelyOf(kept.values, asking);
  const received = [kept.values["receives"] ?? []].flat();
  // What is ticked now stays where it was ticked.
  const [before] = useState(received);
  const theirs = [kept.meanwhile?.beside["receives"]?.theirs ?? []].flat();
  const offered = asking.items.filter(
    ({ code, list }) => list === "government" || received.includes(code) || theirs.includes(code),
  );
  const isAsked = (code: string) => likely.has(code) || before.includes(code) || theirs.includes(code);
  const list = (asked: boolean) => {
    const items = offered.filter(({ code }) => isAsked(code) === asked);
    const ticked = received.filter((code) => items.some((item) => item.code === code));
    return {
      options: items.map(({ code, name }) => ({ value: code, label: name })),
      reply: { ...kept, values: { ...kept.values, receives: ticked } },
    };
  };

  const rest = list(false);
  return (
    <section id={id} tabIndex={-1} className="grid gap-3 scroll-mt-4 outline-none">
      <div lang={langOfWords(locale)}>
        <ChoiceField
          name="receives"
          label={t("sheet.receivesTitle")}
          hint={t("sheet.receivesHint")}
          many
          columns={2}
          {...list(true)}
        />
      </div>
      <details
        className="rounded-lg border-(length:--border) border-line bg-surface"
        open={isMarked(kept, "receives")}
      >
        <summary className="flex min-h-tap cursor-pointer items-center px-4 font-semibold">
          {t("sheet.receivesMore", { n: rest.options.length })}
        </summary>
        <div className="p-4" lang={langOfWords(locale)}>
          <ChoiceField
            name="receives"
            label={t("sheet.receivesMore", { n: rest.options.length })}
            many
            columns={2}
            options={rest.options}
            reply={{ ...rest.reply, errors: {}, formErrors: [] }}
          />
        </div>
      </details>
    </section>
  );
}
