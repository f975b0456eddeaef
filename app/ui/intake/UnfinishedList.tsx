import { moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Tag } from "../primitives/Page";
import { StaffList } from "../primitives/StaffList";

type Props = Readonly<{
  rows: readonly Readonly<{ id: string; code: string; title: string; changedAt: Date }>[];
  to: (id: string) => string;
}>;

/** Drafts in which something is missing, the last touched first. */
export function UnfinishedList({ rows, to }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <StaffList
      rows={rows.map((row) => ({
        key: row.id,
        to: to(row.id),
        title: row.title ? <span lang="zh-Hans">{row.title}</span> : t("intake.noTitleYet"),
        meta: `${row.code} · ${moment(locale, row.changedAt)}`,
        tag: <Tag tone="wait">{t("intake.unfinishedTag")}</Tag>,
      }))}
    />
  );
}
