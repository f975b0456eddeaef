import { type Answers, countOf, COUNTS, type Field, MOST_COUNTED, NONE } from "~/domain/finder/questions";
import { useT } from "~/i18n/useT";
import { RADIO_PILL, TAP_ROW, TICK } from "../primitives/Field";

type Props = Readonly<{ field: Field; label: string; answers: Answers; wordsOf: (option: string) => string }>;

/**
 * Who else lives there: one tick for each age, and once it is ticked a row of numbers beside it to be touched
 * with a thumb. A number may be left out; then at least one of that age is known. Without scripts the numbers
 * come and go by the tick alone.
 */
export function PeopleField({ field, label, answers, wordsOf }: Props) {
  const t = useT();
  const chosen = answers[field.name] ?? [];
  return (
    <fieldset>
      <legend className="font-semibold">{label}</legend>
      <div className="mt-2 grid gap-2">
        {field.options.map((band) => (
          <div key={band} className="group">
            <label className={TAP_ROW}>
              <input
                type="checkbox"
                name={field.name}
                value={band}
                defaultChecked={chosen.includes(band)}
                className={TICK}
              />
              <span>{wordsOf(band)}</span>
            </label>
            {band === NONE ? null : (
              <fieldset className="mt-2 mb-3 hidden pl-4 group-has-[input[type=checkbox]:checked]:block">
                <legend className="text-2">
                  {t("finder.howMany")}
                  <span className="sr-only"> {wordsOf(band)}</span>
                </legend>
                <div className="mt-1 flex flex-wrap gap-2">
                  {COUNTS.map((count, index) => (
                    <label key={count} className={RADIO_PILL}>
                      <input
                        type="radio"
                        name={countOf(band)}
                        value={count}
                        defaultChecked={answers[countOf(band)]?.includes(count) ?? false}
                        className={TICK}
                      />
                      <span>{index + 1 < MOST_COUNTED ? count : t("finder.orMore", { n: count })}</span>
                    </label>
                  ))}
                </div>
              </fieldset>
            )}
          </div>
        ))}
      </div>
    </fieldset>
  );
}
