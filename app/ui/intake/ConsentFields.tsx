import { list } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import type { ConsentScope } from "~db/schema/households";
import { ChoiceField, type Reply } from "../primitives/Field";

const SCOPES = [
  "collect",
  "share",
  "publish",
  "photograph",
  "contact",
] as const satisfies readonly ConsentScope[];

/**
 * What was agreed to on the visit: of a household on record only what does not hold already, and only if
 * anything is new.
 */
export function ConsentFields({
  held,
  optional,
  isMore,
  reply,
}: Readonly<{
  held: readonly ConsentScope[];
  optional: boolean;
  /** On top of what holds already. */ isMore: boolean;
  reply: Reply | undefined;
}>) {
  const t = useT();
  const locale = useLocale();
  const missing = SCOPES.filter((scope) => !held.includes(scope));
  const named = (scopes: readonly ConsentScope[]) =>
    list(
      locale,
      scopes.map((scope) => t(`intake.scope_${scope}`)),
    );
  return (
    <>
      {held.length > 0 ? <p>{t("intake.consentsHeld", { what: named(held) })}</p> : null}
      {missing.length > 0 ? (
        <>
          <ChoiceField
            name="consents.givenBy"
            label={t("intake.givenBy")}
            optional={optional}
            options={(["self", "guardian", "institution"] as const).map((who) => ({
              value: who,
              label: t(`intake.given_${who}`),
            }))}
            reply={reply}
          />
          <ChoiceField
            name="consents.scopes"
            many
            label={t(isMore ? "intake.moreScopes" : "intake.scopes")}
            hint={t("intake.scopesHint")}
            optional={optional}
            options={missing.map((scope) => ({ value: scope, label: t(`intake.scope_${scope}`) }))}
            reply={reply}
          />
        </>
      ) : null}
    </>
  );
}
