import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { MessageKey } from "~/i18n/messages";
import { useT } from "~/i18n/useT";
import { CheckField, ChoiceField, type Reply, TextField } from "../primitives/Field";

/**
 * What is asked once of every gift: how the donor appears, what if the target is gone, no relative. Nothing
 * is chosen beforehand.
 */
export function GivingChoices({ reply, isCompany }: { reply: Reply | undefined; isCompany: boolean }) {
  const t = useT();
  const options = (prefix: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`giving.${prefix}_${value}` as MessageKey) }));
  return (
    <>
      <ChoiceField
        name="displayChoice"
        label={t("giving.displayChoice")}
        reply={reply}
        options={options("display", ["kind_person", "name", "alias"])}
      />
      <TextField
        name="displayName"
        label={t("giving.displayName")}
        hint={t("giving.displayNameHint")}
        optional
        reply={reply}
        maxLength={LENGTHS.displayName}
      />
      <ChoiceField
        name="ifGone"
        label={t("giving.ifGone")}
        hint={t("giving.ifGoneHint")}
        reply={reply}
        options={options("if", ["next_oldest", "ask_me", "give_back"])}
      />
      <CheckField
        name="notRelative"
        label={t(isCompany ? "giving.notRelativeCompany" : "giving.notRelative")}
        reply={reply}
      />
    </>
  );
}
