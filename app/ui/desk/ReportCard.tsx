import { Form } from "@remix-run/react";
import { day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { ItemReportKind } from "~db/schema/factVocabulary";
import { Button, TextLink } from "../primitives/Button";
import { Card, Tag } from "../primitives/Page";
import { ItemName, type ItemNames } from "./ItemName";

type Report = Readonly<{
  id: string;
  kind: ItemReportKind;
  words: string | null;
  createdAt: Date;
  dueAt: Date | null;
  isLate: boolean;
  item: ItemNames;
}>;

/** What somebody said is wrong with an item, and the two ways it ends. */
export function ReportCard({ report, withItem = true }: { report: Report; withItem?: boolean }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-2">
        {withItem ? (
          <p className="font-semibold">
            <ItemName item={report.item} />
          </p>
        ) : null}
        <span className="flex flex-wrap gap-2">
          {report.isLate ? <Tag tone="problem">{t("desk.reportLate")}</Tag> : null}
          <Tag tone="problem">{t(`reports.kind_${report.kind}`)}</Tag>
        </span>
      </div>
      <p className="mt-1 text-2 text-muted">
        {t("desk.reportedOn", { time: day(locale, report.createdAt) })}
        {report.dueAt === null || report.isLate
          ? null
          : ` · ${t("desk.reportDue", { day: day(locale, report.dueAt) })}`}
      </p>
      <p className="mt-2 whitespace-pre-line">
        {report.words ?? <span className="text-muted">{t("desk.noWords")}</span>}
      </p>
      <Form method="post" className="mt-4 flex flex-wrap gap-3">
        <input type="hidden" name="intent" value="answer" />
        <input type="hidden" name="reportId" value={report.id} />
        {withItem ? (
          <TextLink to={paths(locale).deskItem(report.item.code)}>{t("desk.seeItem")}</TextLink>
        ) : null}
        <Button look="secondary" name="outcome" value="correct">
          {t("desk.corrected")}
        </Button>
        <Button look="secondary" name="outcome" value="keep">
          {t("desk.asItWas")}
        </Button>
      </Form>
      <p className="mt-2 text-2 text-muted">{t("desk.answerHint")}</p>
    </Card>
  );
}
