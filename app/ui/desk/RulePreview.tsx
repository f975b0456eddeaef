import type { RulePreview as Preview } from "~/domain/lists/desk/previewRule.server";
import { count } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "../primitives/Button";
import { Facts, Section } from "../primitives/Page";

/** How many households a draft would concern; worked out when somebody asks for it. */
export function RulePreview({ code, preview }: { code: string; preview: Preview | undefined }) {
  const t = useT();
  const locale = useLocale();
  const told = (n: number | null) =>
    n === null ? t("ruleDesk.fewer") : t("ruleDesk.households", { n: count(locale, n) });
  return (
    <Section title={t("ruleDesk.preview")} id="preview">
      <p className="mb-4 text-muted">{t("ruleDesk.previewLead")}</p>
      {preview ? (
        <Facts
          rows={[
            [t("ruleDesk.previewKnown"), told(preview.known)],
            [t("ruleDesk.previewAdded"), told(preview.added)],
            [t("ruleDesk.previewDropped"), told(preview.dropped)],
          ]}
        />
      ) : (
        <LinkButton look="secondary" to={`${paths(locale).deskRule(code, { preview: "yes" })}#preview`}>
          {t("ruleDesk.previewRun")}
        </LinkButton>
      )}
    </Section>
  );
}
