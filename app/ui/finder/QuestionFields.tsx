import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { Answers, Question } from "~/domain/directory/finder/questions";
import type { Parameters } from "~/domain/directory/rules/evaluate";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { ChoiceField, TextField } from "../primitives/Field";
import { answerWords } from "./answerWords";

/** One question with its fields, in the words of the finder. */
export function QuestionFields({ question, answers, parameters }: { question: Question; answers: Answers; parameters: Parameters }) {
  const t = useT();
  const locale = useLocale();
  return (
    <div className="grid gap-5">
      {question.fields.map((field) => {
        const label = t(`finder.f_${field.name}` as MessageKey);
        if (field.kind === "years")
          return <TextField key={field.name} name={field.name} label={label} inputMode="numeric" maxLength={LENGTHS.years} defaultValue={answers[field.name]?.[0]} />;
        return (
          <ChoiceField
            key={field.name}
            name={field.name}
            label={label}
            many={field.kind === "many"}
            columns={field.options.length > 3 ? 2 : 1}
            defaultValue={answers[field.name] ?? []}
            options={field.options.map((option) => ({ value: option, label: answerWords(field.name, option, { t, locale, parameters }) }))}
          />
        );
      })}
    </div>
  );
}
