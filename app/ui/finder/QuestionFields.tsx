import type { Answers, Field } from "~/domain/finder/questions";
import type { Parameters } from "~/domain/rules/evaluate";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { ChoiceField, type Reply, TextField } from "../primitives/Field";
import { answerWords } from "./answerWords";
import { PeopleField } from "./PeopleField";

type Props = Readonly<{
  fields: readonly Field[];
  answers: Answers;
  parameters: Parameters;
  reply: Reply | undefined;
}>;

/** Room for `１００岁` and for a wrong word to be shown back. */
const TYPED = {
  years: { inputMode: "numeric", maxLength: 12 },
  yuan: { inputMode: "decimal", maxLength: 20 },
} as const;

/**
 * The fields of one question, in the words of the finder. Each choice of one can be taken back by "not sure".
 */
export function QuestionFields({ fields, answers, parameters, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <div className="grid gap-5">
      {fields.map((field) => {
        const label = t(`finder.f_${field.name}` as MessageKey);
        const given = answers[field.name];
        const wordsOf = (option: string) => answerWords(field.name, option, { t, locale, parameters });
        if (field.kind === "years" || field.kind === "yuan")
          return (
            <TextField
              key={field.name}
              name={field.name}
              label={label}
              {...TYPED[field.kind]}
              defaultValue={given?.[0]}
              reply={reply}
            />
          );
        if (field.kind === "people")
          return (
            <PeopleField key={field.name} field={field} label={label} answers={answers} wordsOf={wordsOf} />
          );
        const unsure = field.kind === "one" ? [{ value: "", label: t("finder.unsureChoice") }] : [];
        return (
          <ChoiceField
            key={field.name}
            name={field.name}
            label={label}
            many={field.kind === "many"}
            columns={field.options.length > 3 ? 2 : 1}
            defaultValue={given ?? []}
            options={[
              ...field.options.map((option) => ({ value: option, label: wordsOf(option) })),
              ...unsure,
            ]}
          />
        );
      })}
    </div>
  );
}
