import { type FactName, FACTS } from "~/domain/rules/facts";
import { isNumber, isYesNo } from "~/domain/rules/kindOf";
import { wordKey } from "~/domain/rules/ruleWords";
import { useT } from "~/i18n/useT";
import { type Reply, SelectField } from "../primitives/Field";

type Props = Readonly<{ facts: readonly FactName[]; prefix: string; reply: Reply }>;

/**
 * Every fact of a kind as one choice, where "not known" stands first and is what was before anybody asked.
 */
export function FactFields({ facts, prefix, reply }: Props) {
  const t = useT();
  return (
    <div className="grid gap-4 sm:grid-cols-2 elder:grid-cols-1">
      {facts.flatMap((fact) => {
        if (isNumber(fact)) return [];
        const options = isYesNo(fact)
          ? (["yes", "no"] as const).map((word) => ({ value: word, label: t(`sheet.${word}`) }))
          : FACTS[fact].words.map((word) => ({ value: word, label: t(wordKey(fact, word)) }));
        return [
          <SelectField
            key={fact}
            name={`${prefix}.${fact}`}
            label={t(`facts.${fact}`)}
            empty={t("sheet.unknown")}
            options={options}
            reply={reply}
          />,
        ];
      })}
    </div>
  );
}
