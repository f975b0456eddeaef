import { GAP_REASONS } from "~/domain/needs/gapReasons";
import { langOfWords, nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton, TextLink } from "../primitives/Button";
import { ChoiceField, type Reply } from "../primitives/Field";
import { Notice } from "../primitives/Page";

type Item = Readonly<{
  code: string;
  list: "government" | "social";
  name: string;
  nameHant: string;
  nameEn: string;
}>;

/** What is due to a household before charity is asked; going on takes one click and a reason. */
export function EntitlementGap({
  gap,
  householdId,
  reply,
}: {
  gap: readonly Item[];
  householdId: string;
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  return (
    <>
      <Notice tone="wait">
        <p className="font-semibold">{t("intake.gapTitle")}</p>
        <p>{t("intake.gapLead")}</p>
        <ul className="mt-1 list-disc pl-5">
          {gap.map((item) => (
            <li key={item.code}>
              <TextLink
                to={at.listItem(item.list, item.code)}
                lang={locale === "en" ? "en" : langOfWords(locale)}
              >
                {nameIn(locale, { nameHans: item.name, nameHant: item.nameHant, nameEn: item.nameEn })}
              </TextLink>
            </li>
          ))}
        </ul>
        <LinkButton look="secondary" to={at.sheet(householdId)}>
          {t("intake.gapSheet")}
        </LinkButton>
      </Notice>
      <ChoiceField
        name="gapReason"
        label={t("intake.gapReason")}
        columns={2}
        options={GAP_REASONS.map((reason) => ({ value: reason, label: t(`intake.gap_${reason}`) }))}
        reply={reply}
      />
    </>
  );
}
