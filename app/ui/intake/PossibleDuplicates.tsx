import type { PossibleDuplicate } from "~/domain/households/findPossibleDuplicates.server";
import { useT } from "~/i18n/useT";
import { ChoiceField, type Reply } from "../primitives/Field";
import { Notice } from "../primitives/Page";

/** Other wishes that may be for the same person, by code and reason only, and what the filer says of them. */
export function PossibleDuplicates({ duplicates, reply }: { duplicates: readonly PossibleDuplicate[]; reply: Reply | undefined }) {
  const t = useT();
  return (
    <>
      <Notice tone="wait">
        <p className="font-semibold">{t("intake.duplicatesTitle")}</p>
        <ul className="mt-1 list-disc pl-5">
          {duplicates.map((other) => (
            <li key={other.needCode}>
              {other.needCode}：{t(`intake.why_${other.why}`)}
              {other.sameThing ? ` · ${t("intake.sameThing")}` : ""}
              {other.sameTown ? "" : ` · ${t("intake.otherTown")}`}
            </li>
          ))}
        </ul>
      </Notice>
      <ChoiceField name="judged" label={t("intake.judged")} options={[{ value: "different", label: t("intake.judgedDifferent") }]} reply={reply} />
    </>
  );
}
