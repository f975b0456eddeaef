import type { LastChoices } from "~/domain/giving/queries.server";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { MessageKey } from "~/i18n/messages";
import type { Translate } from "~/i18n/translate";
import { useT } from "~/i18n/useT";
import { CheckField, ChoiceField, type Reply, TextField } from "../primitives/Field";

type Asked = Readonly<{ reply: Reply | undefined; last: LastChoices }>;

const optionsOf = (t: Translate, prefix: string, values: readonly string[]) =>
  values.map((value) => ({ value, label: t(`giving.${prefix}_${value}` as MessageKey) }));

/** How a donor appears: as last time, at first as a kind person. A name is asked for where one is shown. */
export function ShownAs({ reply, last }: Asked) {
  const t = useT();
  return (
    <div className="group/shown grid gap-6">
      <ChoiceField
        name="displayChoice"
        label={t("giving.displayChoice")}
        reply={reply}
        defaultValue={last.displayChoice ?? "kind_person"}
        options={optionsOf(t, "display", ["kind_person", "name", "alias"])}
      />
      {/* Without scripts too; a browser that cannot look into the form shows it always. */}
      <div className="supports-[selector(:has(*))]:group-has-[[value=kind\_person]:checked]/shown:hidden">
        <TextField
          name="displayName"
          label={t("giving.displayName")}
          hint={t("giving.displayNameHint")}
          defaultValue={last.displayName}
          reply={reply}
          maxLength={LENGTHS.displayName}
        />
      </div>
    </div>
  );
}

/**
 * What is asked once of every gift: how the donor appears, what if the target is gone, no relative. What was
 * chosen last is chosen beforehand, but never what is declared.
 */
export function GivingChoices({ reply, last, isCompany }: Asked & Readonly<{ isCompany: boolean }>) {
  const t = useT();
  return (
    <>
      <ShownAs reply={reply} last={last} />
      <ChoiceField
        name="ifGone"
        label={t("giving.ifGone")}
        hint={t("giving.ifGoneHint")}
        reply={reply}
        {...(last.ifGone ? { defaultValue: last.ifGone } : {})}
        options={optionsOf(t, "if", ["next_oldest", "ask_me", "give_back"])}
      />
      <CheckField
        name="notRelative"
        label={t(isCompany ? "giving.notRelativeCompany" : "giving.notRelative")}
        reply={reply}
      />
    </>
  );
}
