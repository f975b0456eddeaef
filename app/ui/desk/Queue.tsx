import type { ReactNode } from "react";
import { day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { ParameterCode } from "~db/schema/factVocabulary";
import { EmptyState, Section, Tag } from "../primitives/Page";
import { Pagination } from "../primitives/Pagination";
import { StaffList } from "../primitives/StaffList";
import { ItemName, type ItemNames } from "./ItemName";
import { ReportCard } from "./ReportCard";
import { valueWords } from "./valueWords";

type Queued = Readonly<{
  freshDays: number;
  reports: readonly Parameters<typeof ReportCard>[0]["report"][];
  stale: Readonly<{
    rows: readonly (ItemNames & Readonly<{ id: string; checkedAt: Date | null }>)[];
    next?: string | undefined;
  }>;
  rules: readonly Readonly<{
    item: ItemNames;
    edition: number;
    state: string;
    mine: boolean;
    writer: string | null;
  }>[];
  values: readonly Readonly<{
    id: string;
    code: ParameterCode;
    value: number;
    validFrom: Date;
    mine: boolean;
  }>[];
  drafts: readonly (ItemNames & Readonly<{ id: string }>)[];
}>;

/** Everything that waits, each kind under its heading; a kind of which nothing waits is one quiet line. */
export function Queue({ queue }: { queue: Queued }) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const waits = (mine: boolean) => (
    <Tag tone={mine ? "info" : "wait"}>{t(mine ? "desk.waitsForOther" : "desk.waitsForYou")}</Tag>
  );
  return (
    <>
      <Part title={t("desk.reports")} empty={t("desk.noReports")} isEmpty={queue.reports.length === 0}>
        <ul className="grid gap-4">
          {queue.reports.map((report) => (
            <li key={report.id}>
              <ReportCard report={report} />
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t("desk.waitingRules")} empty={t("desk.noRules")} isEmpty={queue.rules.length === 0}>
        <StaffList
          rows={queue.rules.map(({ item, edition, state, mine, writer }) => ({
            key: item.code,
            to: at.deskRule(item.code),
            title: <ItemName item={item} />,
            meta: `${t("desk.edition", { n: edition })} · ${t("desk.beingWritten", { who: writer ?? t("desk.bySystem") })}`,
            tag: state === "tested" ? waits(mine) : <Tag tone="info">{t("desk.drafting")}</Tag>,
          }))}
        />
      </Part>
      <Part title={t("desk.waitingValues")} empty={t("desk.noValues")} isEmpty={queue.values.length === 0}>
        <StaffList
          rows={queue.values.map(({ id, code, value, validFrom, mine }) => ({
            key: id,
            to: `${at.deskValues()}#${code}`,
            title: t(`desk.parameter_${code}`),
            meta: `${valueWords(t, locale, code, value)} · ${t("desk.fromDay", { day: day(locale, validFrom) })}`,
            tag: waits(mine),
          }))}
        />
      </Part>
      {queue.drafts.length > 0 ? (
        <Section title={t("desk.unpublished")}>
          <StaffList
            rows={queue.drafts.map((item) => ({
              key: item.id,
              to: at.deskItem(item.code),
              title: <ItemName item={item} />,
              meta: t("desk.neverChecked"),
            }))}
          />
        </Section>
      ) : null}
      <Part title={t("desk.stale")} empty={t("desk.noStale")} isEmpty={queue.stale.rows.length === 0}>
        <p className="mb-3 text-muted">{t("desk.staleLead", { days: queue.freshDays })}</p>
        <StaffList
          rows={queue.stale.rows.map((item) => ({
            key: item.id,
            to: at.deskItem(item.code),
            title: <ItemName item={item} />,
            meta: item.checkedAt
              ? t("desk.checkedOn", { day: day(locale, item.checkedAt) })
              : t("desk.neverChecked"),
          }))}
        />
        <Pagination
          label={t("desk.stale")}
          next={queue.stale.next && `${at.listsDesk({ stale: queue.stale.next })}#stale`}
        />
      </Part>
    </>
  );
}

const Part = ({
  title,
  empty,
  isEmpty,
  children,
}: {
  title: string;
  empty: string;
  isEmpty: boolean;
  children: ReactNode;
}) => <Section title={title}>{isEmpty ? <EmptyState title={empty} /> : children}</Section>;
