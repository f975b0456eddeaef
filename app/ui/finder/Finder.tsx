import { useState } from "react";
import { answersFrom, factsFromAnswers, type Answers } from "~/domain/directory/finder/questions";
import { resultsOf, type FinderItem } from "~/domain/directory/finder/results";
import type { Parameters } from "~/domain/directory/rules/evaluate";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { Notice, Page } from "../primitives/Page";
import { useRoot } from "../shell/useRoot";
import { Questions } from "./Questions";
import { Results } from "./Results";
import { TakeAway } from "./TakeAway";
import { useStoredAnswers } from "./useStoredAnswers";

/** What came back: the answers that were sent without scripts, and the code of a hand-over. */
export type FinderReply = Readonly<{ answers?: Answers; handed?: Readonly<{ code: string; expiresAt: Date }> }>;

type Props = Readonly<{ items: readonly FinderItem[]; parameters: Parameters; keepDays: number; url: string; sent: FinderReply | undefined; reply: Reply | undefined }>;

/**
 * The finder. Where scripts run it asks one question after the other and works everything out in the browser; where they do not,
 * all questions stand on one page and the server answers once.
 */
export function Finder({ items, parameters, keepDays, url, sent, reply }: Props) {
  const t = useT();
  const phone = useRoot()?.place.phoneLine ?? "";
  const at = paths(useLocale());
  const [stored, keep] = useStoredAnswers();
  const [view, setView] = useState<number | "results">(1);
  const scripts = stored !== undefined;
  const answers = (scripts ? stored : (sent?.answers ?? (reply && answersFrom(reply.values)))) ?? {};
  const atResults = scripts ? view === "results" : sent !== undefined;
  const results = atResults ? resultsOf(items, factsFromAnswers(answers, parameters), parameters) : [];
  return (
    <Page
      title={t(atResults ? "finder.resultsTitle" : "finder.title")}
      lead={t(atResults ? "finder.resultsLead" : "finder.lead")}
      crumbs={[{ label: t("lists.helpTitle"), to: at.helpMe() }]}
    >
      {atResults ? (
        <>
          {Object.keys(answers).length === 0 ? <Notice tone="wait">{t("finder.nothingAnswered")}</Notice> : null}
          <Results
            results={results}
            parameters={parameters}
            toQuestion={(n, label) => (
              <a key={n} href={`#q${n}`} onClick={() => setView(n)} className="inline-flex min-h-tap items-center text-2 text-brand underline underline-offset-4">
                {label}
              </a>
            )}
          />
          <TakeAway results={results} answers={answers} phone={phone} url={url} keepDays={keepDays} reply={reply} handed={sent?.handed} />
        </>
      ) : null}
      {scripts && atResults ? (
        <div className="no-print mt-8 flex flex-wrap gap-3">
          <Button type="button" look="secondary" onClick={() => setView(1)}>
            {t("finder.change")}
          </Button>
          <Button
            type="button"
            look="quiet"
            onClick={() => {
              keep({});
              setView(1);
            }}
          >
            {t("finder.clear")}
          </Button>
        </div>
      ) : null}
      {scripts && atResults ? null : (
        <section className={atResults ? "mt-10" : ""} aria-label={t("finder.change")}>
          {atResults ? <h2 className="mb-3 text-5">{t("finder.change")}</h2> : null}
          <p className="mb-5 text-2 text-muted">{t(scripts ? "finder.stays" : "finder.staysNoScript")}</p>
          <Questions
            parameters={parameters}
            answers={answers}
            now={scripts && view !== "results" ? view : undefined}
            onAnswer={(next, goTo) => {
              keep(next);
              setView(goTo);
              window.scrollTo(0, 0);
            }}
          />
        </section>
      )}
    </Page>
  );
}
