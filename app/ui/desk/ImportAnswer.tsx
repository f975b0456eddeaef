import type { ImportListsAnswer } from "~/domain/directory/keeping/importLists.server";
import type { MessageKey } from "~/i18n/messages";
import { useT } from "~/i18n/useT";
import { Notice } from "../primitives/Page";

/** What an import did or would do; or every problem, by row and column. */
export function ImportAnswer({ answer }: { answer: ImportListsAnswer }) {
  const t = useT();
  const { problems, written, ...counts } = answer;
  if (problems.length === 0) {
    return (
      <Notice tone="done" live>
        {t(written ? "desk.importDone" : "desk.importOk", counts)}
      </Notice>
    );
  }
  return (
    <Notice tone="problem" live>
      <p className="font-semibold">{t("desk.importWrong", { n: new Set(problems.map((problem) => problem.row)).size })}</p>
      <ul className="mt-1 list-disc pl-5">
        {problems.map(({ row, column, problem }, index) => (
          <li key={index}>
            {row > 0 ? `${t("desk.importRow", { row })} ` : ""}
            {column ? `${t("desk.importColumn", { column })}：` : ""}
            {t(/^[a-z]+\.\w+$/.test(problem) ? (problem as MessageKey) : "common.pleaseCheck")}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
