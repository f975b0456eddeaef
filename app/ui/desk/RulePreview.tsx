import type { RulePreview as Preview } from "~/domain/directory/keeping/previewRule.server";
import { count } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "../primitives/Button";
import { Facts, Section } from "../primitives/Page";

/** How many households a draft would concern; worked out when somebody asks for it. */
export function RulePreview({ code, preview }: { code: string; preview: Preview | undefined }) {
  const t = useT();
  const locale = useLocale();
  const told = (n: number | null) => (n === null ? t("desk.fewer") : t("desk.households", { n: count(locale, n) }));
  return (
    <Section title={t("desk.preview")} id="preview">
      <p className="mb-4 text-muted">{t("desk.previewLead")}</p>
      {preview ? (
        <Facts
          rows={[
            [t("desk.previewKnown"), told(preview.known)],
            [t("desk.previewAdded"), told(preview.added)],
            [t("desk.previewDropped"), told(preview.dropped)],
          ]}
        />
      ) : (
        <LinkButton look="secondary" to={`${paths(locale).deskRule(code, { preview: "yes" })}#preview`}>
          {t("desk.previewRun")}
        </LinkButton>
      )}
    </Section>
  );
}
