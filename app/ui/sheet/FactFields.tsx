import type { FactName, NumberFact } from "~/domain/rules/facts";
import { FACTS } from "~/domain/rules/facts";
import { isYesNo } from "~/domain/rules/kindOf";
import { wordKey } from "~/domain/rules/ruleWords";
import { useT } from "~/i18n/useT";
import { ChoiceField, type Reply } from "../primitives/Field";

type Props = Readonly<{
  facts: readonly Exclude<FactName, NumberFact>[];
  /** The row of the form that they are of. */
  row: string;
  reply: Reply;
}>;

/** Facts as one tap each; "not sure" takes an answer back, and is what was before anybody asked. */
export function FactFields({ facts, row, reply }: Props) {
  const t = useT();
  return facts.map((fact) => (
    <ChoiceField
      key={fact}
      name={`${row}.${fact}`}
      label={t(`facts.${fact}`)}
      columns="chips"
      options={[
        ...(isYesNo(fact)
          ? (["yes", "no"] as const).map((word) => ({ value: word, label: t(`sheet.${word}`) }))
          : FACTS[fact].words.map((word) => ({ value: word, label: t(wordKey(fact, word)) }))),
        { value: "", label: t("sheet.unknown") },
      ]}
      reply={reply}
    />
  ));
}
