import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Card, Page, Section, Tag } from "../primitives/Page";
import { UnfinishedForms } from "./UnfinishedForms";

type Props = Readonly<{
  draft: Readonly<{ id: string; code: string }>;
  typed: Readonly<Record<string, string | readonly string[]>>;
}>;

/** A draft in which something is missing: what is there so far, and where to go on. */
export function UnfinishedWish({ draft, typed }: Props) {
  const t = useT();
  const at = paths(useLocale());
  const words = (name: string) => [typed[name] ?? ""].flat().join(" ");
  return (
    <Page title={draft.code} crumbs={[{ label: t("intake.homeTitle"), to: at.field() }]}>
      <p className="mb-4">
        <Tag tone="wait">{t("review.state_draft")}</Tag>
      </p>
      {words("title") || words("story") || words("lines[0].item") ? (
        <Card>
          <div lang="zh-Hans">
            <h2 className="text-4">{words("title") || words("lines[0].item")}</h2>
            <p className="mt-1 max-w-measure whitespace-pre-line">{words("story")}</p>
          </div>
        </Card>
      ) : null}
      <Section title={t("intake.submitTitle")}>
        <UnfinishedForms to={at.editWish(draft.id)} submit={t("intake.submit")} />
      </Section>
    </Page>
  );
}
