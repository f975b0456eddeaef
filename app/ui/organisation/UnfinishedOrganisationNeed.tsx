import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { UnfinishedForms } from "../intake/UnfinishedForms";
import { Page, Tag } from "../primitives/Page";

type Props = Readonly<{
  draft: Readonly<{ id: string; code: string }>;
  typed: Readonly<Record<string, string | readonly string[]>>;
}>;

/** A draft in which something is missing, and where to go on. */
export function UnfinishedOrganisationNeed({ draft, typed }: Props) {
  const t = useT();
  const at = paths(useLocale());
  const title = [typed["title"] ?? ""].flat().join("");
  return (
    <Page
      title={title ? <span lang="zh-Hans">{title}</span> : draft.code}
      lead={title ? draft.code : undefined}
      crumbs={[{ label: t("organisations.homeTitle"), to: at.organisation() }]}
    >
      <p className="mb-4">
        <Tag tone="wait">{t("review.state_draft")}</Tag>
      </p>
      <UnfinishedForms to={at.editOrganisationNeed(draft.id)} submit={t("organisations.submit")} />
    </Page>
  );
}
