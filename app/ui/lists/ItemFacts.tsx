import type { itemPage } from "~/domain/lists/items.server";
import { day } from "~/i18n/format";
import { langOfWords } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Facts } from "../primitives/Page";
import { RuleTree } from "./RuleTree";

type Shown = Awaited<ReturnType<typeof itemPage>>;

/** What an item gives, to whom, how much and how, in the words of the list. */
export function ItemFacts({ item }: Pick<Shown, "item">) {
  const t = useT();
  const locale = useLocale();
  const lang = langOfWords(locale);
  const said = (text: string) => <span lang={lang}>{text}</span>;
  return (
    <Facts
      rows={[
        [t("lists.forWhom"), said(item.targetGroup)],
        [t("lists.content"), said(item.content)],
        ...(item.standard ? [[t("lists.standard"), said(item.standard)] as const] : []),
        [t("lists.howToApply"), item.howToApply ? said(item.howToApply) : t("lists.howToApplyGeneral")],
        [
          t("lists.papers"),
          item.papers.length > 0 ? (
            <ul className="list-disc pl-5" lang={lang}>
              {item.papers.map((paper) => (
                <li key={paper}>{paper}</li>
              ))}
            </ul>
          ) : (
            t("lists.papersGeneral")
          ),
        ],
        [t("lists.provider"), said(item.provider)],
        [t("lists.lastChecked"), item.checkedAt ? day(locale, item.checkedAt) : t("lists.never")],
      ]}
    />
  );
}

/** The rule in force as a sentence. */
export function ItemRuleWords({ rule, parameters }: Pick<Shown, "rule" | "parameters">) {
  const t = useT();
  if (rule?.kind === "everyone") return <p>{t("lists.forEveryone")}</p>;
  if (!rule?.rule) return <p>{t("lists.askFirst")}</p>;
  return (
    <>
      <RuleTree rule={rule.rule} parameters={parameters} />
      <p className="mt-2 text-2 text-muted">{t("lists.conditionsNote", { edition: rule.edition })}</p>
    </>
  );
}
