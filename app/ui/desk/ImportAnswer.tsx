import type { TableRemark } from "~/domain/kernel/tables/table";
import type { ImportListsAnswer } from "~/domain/lists/desk/importLists.server";
import { list } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Notice, Section } from "../primitives/Page";
import { Remarks, RowProblems } from "../tables/FileAnswer";
import { shownProblems } from "../tables/tableAnswer";

const MOST_ROWS = 100;

/** An import's answer with as many of its rows as a page can hold. */
export const shownLists = (
  { rows, problems, ...answer }: ImportListsAnswer,
  remarks: readonly TableRemark[],
) => ({
  ...answer,
  ...shownProblems(problems, remarks),
  rows: rows.slice(0, MOST_ROWS),
  allRows: rows.length,
});
export type ShownLists = ReturnType<typeof shownLists>;

/** What an import did or would do, item by item; or every problem, by row and heading. */
export function ImportAnswer({ answer }: { answer: ShownLists }) {
  const t = useT();
  const locale = useLocale();
  const { written, added, changed, same } = answer;
  return (
    <>
      {answer.allProblems > 0 ? (
        <RowProblems shown={answer} />
      ) : (
        <Notice tone="done" live>
          {t(written ? "desk.importDone" : "desk.importOk", { added, changed, same })}
        </Notice>
      )}
      <Remarks remarks={answer.remarks} />
      {answer.allProblems === 0 && answer.allRows > 0 ? (
        <Section title={t(written ? "desk.importRowsDone" : "desk.importRows", { n: answer.allRows })}>
          {answer.rows.length < answer.allRows ? (
            <p className="mb-3 text-2 text-muted">
              {t("desk.importFirst", { n: answer.rows.length, of: answer.allRows })}
            </p>
          ) : null}
          <ul className="grid gap-2">
            {answer.rows.map(({ row, code, name, isNew, columns }) => (
              <li key={row} className="rounded-md border-(length:--border) border-line bg-surface p-3">
                <p className="font-semibold break-words">
                  {`${t("tables.inRow", { row })} ${code} `}
                  <span lang="zh-Hans">{name}</span>
                </p>
                <p className="text-2 break-words text-muted">
                  {isNew ? t("desk.importNew") : t("desk.importChanges", { columns: list(locale, columns) })}
                </p>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}
