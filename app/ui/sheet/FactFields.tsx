import type { FactKind } from "~/domain/rules/facts";
import type { MessageKey } from "~/i18n/messages";
import { useT } from "~/i18n/useT";
import { SelectField, type Reply } from "../primitives/Field";

type Props = Readonly<{ facts: Readonly<Record<string, FactKind>>; prefix: string; reply: Reply }>;

/**
 * Every fact of a kind as one choice, where "not known" stands first and is what was before anybody asked.
 */
export function FactFields({ facts, prefix, reply }: Props) {
  const t = useT();
  return (
    <div className="grid gap-4 sm:grid-cols-2 elder:grid-cols-1">
      {Object.entries(facts).flatMap(([fact, kind]) => {
        if (kind.kind === "number") return [];
        const options =
          kind.kind === "yesno"
            ? (["yes", "no"] as const).map((word) => ({ value: word as string, label: t(`sheet.${word}`) }))
            : kind.words.map((word) => ({ value: word, label: t(`facts.${fact}_${word}` as MessageKey) }));
        return [
          <SelectField
            key={fact}
            name={`${prefix}.${fact}`}
            label={t(`facts.${fact}` as MessageKey)}
            empty={t("sheet.unknown")}
            options={options}
            reply={reply}
          />,
        ];
      })}
    </div>
  );
}
