import { useT } from "~/i18n/useT";
import { LinkButton, TextLink } from "../primitives/Button";
import { ChoiceField } from "../primitives/Field";
import { Notice, Section } from "../primitives/Page";
import type { AskedLetters, ShownProblems, TableAnswer } from "./tableAnswer";

/**
 * Stands in the form: whether the letters of a file are right, each way of reading them with some of its
 * lines.
 */
export function LettersField({ asked }: { asked: AskedLetters }) {
  const t = useT();
  return (
    <div className="grid gap-3">
      <Notice tone="wait" live>
        <p className="font-semibold">{t("tables.lookAtLetters")}</p>
        <p>{t("tables.otherLetters")}</p>
      </Notice>
      <ChoiceField
        name="letters"
        label={t("tables.lookAtLetters")}
        options={asked.map(({ encoding, value, lines }) => ({
          value,
          label: (
            <span className="grid min-w-0 gap-1">
              <span>
                {t("tables.lettersRight", {
                  encoding: t(
                    `tables.encoding_${encoding === "utf-16le" ? "utf16le" : encoding === "utf-16be" ? "utf16be" : encoding}`,
                  ),
                })}
              </span>
              <span className="text-2 break-all text-muted" lang="zh">
                {lines.map((line, index) => (
                  <span key={index} className="block">
                    {line}
                  </span>
                ))}
              </span>
            </span>
          ),
        }))}
        reply={undefined}
      />
      <p className="text-2 text-muted">{t("tables.lettersNote")}</p>
    </div>
  );
}

/** Why a file was not read, in one sentence. */
export function FileTrouble({ answer: { trouble }, templates }: { answer: TableAnswer; templates: string }) {
  const t = useT();
  if (trouble === undefined) return null;
  const asksForTemplate = ["tables.noHead", "tables.columnsMissing", "tables.onlyExplained"].includes(
    trouble.problem,
  );
  return (
    <Notice tone="problem" live>
      <p className="break-words">{t(trouble.problem, trouble.params)}</p>
      <p>{t("tables.wholeFile")}</p>
      {asksForTemplate ? (
        <p>
          <TextLink reloadDocument to={templates}>
            {t("tables.templateXlsx")}
          </TextLink>
        </p>
      ) : null}
    </Notice>
  );
}

/** What is wrong, by row and heading as the spreadsheet has them. */
export function RowProblems({ shown: { problems, allProblems, wrongRows } }: { shown: ShownProblems }) {
  const t = useT();
  if (allProblems === 0) return null;
  return (
    <Notice tone="problem" live>
      <p className="font-semibold">{t("tables.rowsWrong", { n: wrongRows })}</p>
      <ul className="mt-1 list-disc pl-5 break-words">
        {problems.map(({ row, column, problem, params }, index) => (
          <li key={index}>
            {row > 0 ? `${t("tables.inRow", { row })} ` : ""}
            {column === "" ? "" : `${t("tables.inColumn", { column })} `}
            {t(problem, params)}
          </li>
        ))}
      </ul>
      {problems.length < allProblems ? (
        <p className="mt-1">{t("tables.more", { n: allProblems - problems.length })}</p>
      ) : null}
    </Notice>
  );
}

/** What was passed over in reading a file. */
export function Remarks({ remarks }: Pick<ShownProblems, "remarks">) {
  const t = useT();
  if (remarks.length === 0) return null;
  return (
    <ul className="mt-3 list-disc pl-5 text-2 break-words text-muted">
      {remarks.map(({ problem, params }) => (
        <li key={problem}>{t(problem, params)}</li>
      ))}
    </ul>
  );
}

/** Where the template is, in both formats. */
export function Templates({ csv, xlsx }: { csv: string; xlsx: string }) {
  const t = useT();
  return (
    <Section title={t("tables.templateTitle")}>
      <p className="mb-4 max-w-measure text-muted">{t("tables.templateLead")}</p>
      <div className="flex flex-wrap gap-3">
        <LinkButton look="secondary" reloadDocument to={xlsx}>
          {t("tables.templateXlsx")}
        </LinkButton>
        <LinkButton look="secondary" reloadDocument to={csv}>
          {t("tables.templateCsv")}
        </LinkButton>
      </div>
    </Section>
  );
}
