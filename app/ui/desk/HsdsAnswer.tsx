import type { Note } from "~/domain/lists/hsds/notes";
import type { ToldOnPage } from "~/domain/lists/hsds/told";
import { count } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Notice, Section, Tag } from "~/ui/primitives/Page";
import { Stats } from "~/ui/primitives/StatTile";
import { Table } from "~/ui/primitives/Table";

/** What an import did or would do. */
export type ShownAnswer = Omit<ToldOnPage, "seen" | "jobId">;

const Outcome = ({ outcome }: { outcome: Note["outcome"] }) => {
  const t = useT();
  return <Tag tone={outcome === "refused" ? "problem" : "wait"}>{t(`hsds.outcome_${outcome}`)}</Tag>;
};

/**
 * The answer to an import: what becomes of its items, why rows were refused, and each row that something is
 * said of.
 */
export function HsdsAnswer({ answer }: { answer: ShownAnswer }) {
  const t = useT();
  const locale = useLocale();
  const stat = (key: "fresh" | "changed" | "same" | "refused" | "warned", value: number) => ({
    key,
    value: count(locale, value),
    label: t(`hsds.${key}`),
  });
  return (
    <div className="mt-8">
      <Notice tone={answer.written ? "done" : "info"} live>
        <p className="font-semibold">{t(answer.written ? "hsds.written" : "hsds.nothingWritten")}</p>
        <p>{t("hsds.rowsOf", { n: answer.rows.total })}</p>
      </Notice>
      <div className="mt-4">
        <Stats
          inRow="three"
          stats={[
            stat("fresh", answer.fresh),
            stat("changed", answer.allChanges),
            stat("same", answer.same),
            stat("refused", answer.rows.refused),
            stat("warned", answer.rows.warned),
          ]}
        />
      </div>
      {answer.allNotes === 0 ? (
        <p className="mt-4 text-muted">{t("hsds.allGood")}</p>
      ) : (
        <Remarks answer={answer} />
      )}
      {answer.allChanges > 0 ? (
        <Section title={t(answer.written ? "hsds.changesDone" : "hsds.changesTitle")}>
          {answer.changes.length < answer.allChanges ? (
            <p className="mb-3 text-2 text-muted">
              {t("hsds.first", { n: answer.changes.length, of: answer.allChanges })}
            </p>
          ) : null}
          <Table
            caption={t("hsds.changesTitle")}
            columns={[
              {
                head: t("hsds.entry"),
                cell: (row) => <span lang="zh-Hans">{`${row.code} ${row.name}`}</span>,
              },
              {
                head: t("hsds.changedKeys"),
                cell: (row) => <span className="break-words">{row.keys.join(", ")}</span>,
              },
            ]}
            rows={answer.changes}
            keyOf={(row) => row.code}
          />
        </Section>
      ) : null}
    </div>
  );
}

function Remarks({ answer }: { answer: ShownAnswer }) {
  const t = useT();
  const locale = useLocale();
  return (
    <>
      <Section title={t("hsds.summary")}>
        <Table
          caption={t("hsds.summary")}
          columns={[
            { head: t("hsds.outcome"), cell: (row) => <Outcome outcome={row.outcome} /> },
            { head: t("hsds.what"), cell: (row) => t(`hsds.note_${row.code}`) },
            { head: t("hsds.often"), cell: (row) => count(locale, row.n), numeric: true },
          ]}
          rows={answer.reasons}
          keyOf={(row) => `${row.outcome} ${row.code}`}
        />
      </Section>
      <Section title={t("hsds.notesTitle")}>
        {answer.notes.length < answer.allNotes ? (
          <p className="mb-3 text-2 text-muted">
            {t("hsds.first", { n: answer.notes.length, of: answer.allNotes })}
          </p>
        ) : null}
        <Table
          caption={t("hsds.notesTitle")}
          columns={[
            { head: t("hsds.file"), cell: (note) => <span className="break-words">{note.file}</span> },
            {
              head: t("hsds.row"),
              cell: (note) => (
                <span className="whitespace-nowrap">{note.row === 0 ? t("hsds.wholeFile") : note.row}</span>
              ),
              numeric: true,
            },
            { head: t("hsds.outcome"), cell: (note) => <Outcome outcome={note.outcome} /> },
            {
              head: t("hsds.what"),
              cell: (note) => (
                <>
                  {t(`hsds.note_${note.code}`)}
                  {note.detail === "" ? null : (
                    <span className="block break-words text-muted sm:text-left elder:text-right">
                      {note.detail}
                    </span>
                  )}
                </>
              ),
            },
          ]}
          rows={answer.notes}
          keyOf={(note) => `${note.file} ${note.row} ${note.outcome} ${note.code} ${note.detail}`}
        />
      </Section>
    </>
  );
}
