import type { TableRemark } from "~/domain/kernel/tables/table";
import type { Skipped, WishImportAnswer } from "~/domain/needs/imports/importWishes.server";
import { money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { TextLink } from "../primitives/Button";
import { Notice, Section } from "../primitives/Page";
import { Remarks, RowProblems } from "../tables/FileAnswer";
import { shownProblems } from "../tables/tableAnswer";

const MOST_ROWS = 100;

/** An import's answer with as many of its rows as a page can hold. */
export const shownWishes = (
  { made, skipped, problems, ...answer }: WishImportAnswer,
  remarks: readonly TableRemark[],
) => ({
  ...answer,
  ...shownProblems(problems, remarks),
  made: made.slice(0, MOST_ROWS),
  allMade: made.length,
  // What asks for something to be done comes first.
  skipped: [...skipped]
    .sort((one, other) => Number(other.reason === "changed") - Number(one.reason === "changed"))
    .slice(0, MOST_ROWS),
  allSkipped: skipped.length,
});
export type ShownWishes = ReturnType<typeof shownWishes>;

/**
 * What an import of wishes did or would do, row by row: what is made, what is left out and why, what is
 * wrong.
 */
export function WishesAnswer({ answer }: { answer: ShownWishes }) {
  const t = useT();
  const locale = useLocale();
  const { allMade, allSkipped, written } = answer;
  return (
    <>
      {answer.allProblems > 0 ? (
        <RowProblems shown={answer} />
      ) : (
        <Notice tone={written || allMade > 0 ? "done" : "info"} live>
          {allMade === 0
            ? t("intake.importNothing", { same: allSkipped })
            : t(written ? "intake.importDone" : "intake.importOk", { n: allMade, same: allSkipped })}
        </Notice>
      )}
      {answer.withoutAge > 0 && answer.allProblems === 0 ? (
        <p className="mt-3">{t("intake.importWithoutAge", { n: answer.withoutAge })}</p>
      ) : null}
      <Remarks remarks={answer.remarks} />
      {allMade > 0 ? (
        <Section title={t(written ? "intake.importWritten" : "intake.importMade", { n: allMade })}>
          <First n={answer.made.length} of={allMade} />
          <ul className="grid gap-2">
            {answer.made.map((row) => (
              <li key={row.row} className="rounded-md border-(length:--border) border-line bg-surface p-3">
                <p className="font-semibold break-words">{`${t("tables.inRow", { row: row.row })} ${row.title}`}</p>
                <p className="text-2 break-words text-muted">
                  {`${row.quantity} ${row.unit} ${row.item} · ${t("intake.importEach", { total: money(locale, row.totalFen), unit: row.unit, each: money(locale, row.eachFen) })}`}
                </p>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {allSkipped > 0 ? (
        <Section title={t("intake.importSkipped", { n: allSkipped })}>
          <First n={answer.skipped.length} of={allSkipped} />
          <ul className="grid gap-2">
            {answer.skipped.map((row) => (
              <SkippedRow key={row.row} row={row} />
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function SkippedRow({ row: { row, title, reason, need } }: { row: Skipped }) {
  const t = useT();
  const at = paths(useLocale());
  return (
    <li className="rounded-md border-(length:--border) border-line bg-surface p-3">
      <p className="font-semibold break-words">{`${t("tables.inRow", { row })} ${title}`}</p>
      <p className="text-2 text-muted">{t(`intake.importSkip_${reason}`)}</p>
      {need ? (
        <TextLink to={at.fieldWish(need.id)}>{t("intake.importOpenIt", { code: need.code })}</TextLink>
      ) : null}
    </li>
  );
}

function First({ n, of }: { n: number; of: number }) {
  const t = useT();
  return n < of ? <p className="mb-3 text-2 text-muted">{t("intake.importFirst", { n, of })}</p> : null;
}
