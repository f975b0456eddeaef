import { Link, useLocation, useNavigate } from "@remix-run/react";
import { lazy, Suspense } from "react";
import { factsFromAnswers } from "~/domain/finder/answeredFacts";
import { type Answers, QUESTIONS } from "~/domain/finder/questions";
import { answersFrom, type Contradiction } from "~/domain/finder/readAnswers";
import { type FinderItem, resultsOf } from "~/domain/finder/results";
import type { Parameters } from "~/domain/rules/evaluate";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Notice, Page } from "../primitives/Page";
import { useRoot } from "../shell/useRoot";
import { Contradictions } from "./Contradictions";
import { Questions } from "./Questions";
import { useStoredAnswers } from "./useStoredAnswers";

/** Fetched when somebody gets there: a phone that opens the first question does without. */
const Results = lazy(() => import("./Results").then((room) => ({ default: room.Results })));
const TakeAway = lazy(() => import("./TakeAway").then((room) => ({ default: room.TakeAway })));

/**
 * What came back: the answers that were sent without scripts, which of them contradicted another, and the
 * code of a hand-over.
 */
export type FinderReply = Readonly<{
  answers?: Answers | undefined;
  contradictions?: readonly Contradiction[] | undefined;
  handed?: Readonly<{ code: string; expiresAt: Date }> | undefined;
}>;

type Props = Readonly<{
  items: readonly FinderItem[];
  parameters: Parameters;
  keepDays: number;
  url: string;
  sent: FinderReply | undefined;
  reply: Reply | undefined;
}>;

/**
 * Where one stands, by the part of the address after "#": each question has its own, so that the browser's
 * Back is one question back.
 */
function viewOf(hash: string): number | "results" {
  const n = QUESTIONS.findIndex((_question, index) => hash === `#q${index + 1}`) + 1;
  return hash === "#results" ? "results" : Math.max(1, n);
}

/**
 * The finder. Where scripts run it asks one question after the other and works everything out in the browser;
 * where they do not, all questions stand on one page and the server answers once.
 */
export function Finder({ items, parameters, keepDays, url, sent, reply }: Props) {
  const t = useT();
  const phone = useRoot()?.place.phoneLine ?? "";
  const at = paths(useLocale());
  const location = useLocation();
  const navigate = useNavigate();
  // A hand-over that was refused stands on the results; anything else that could not be read, on the
  // questions.
  const refused = reply !== undefined && reply.values["handOver"] === undefined ? reply : undefined;
  const posted = sent?.answers ?? (reply && answersFrom(reply.values));
  const [stored, keep] = useStoredAnswers(posted);
  const scripts = stored !== undefined;
  const view = scripts ? viewOf(location.hash) : posted !== undefined && !refused ? "results" : 1;
  const answers = stored ?? posted ?? {};
  const atResults = view === "results";
  const results = atResults ? resultsOf(items, factsFromAnswers(answers, parameters), parameters) : [];
  const go = (to: number | "results", back: boolean) => {
    // Who came from there goes back there, and the browser's own Back does not lead in a circle.
    if (back && cameFrom(location.state) === to) navigate(-1);
    else navigate({ hash: to === "results" ? "results" : `q${to}` }, { state: { from: view } });
  };

  return (
    <Page
      title={t(atResults ? "finder.resultsTitle" : "finder.title")}
      lead={t(atResults ? "finder.resultsLead" : "finder.lead")}
      crumbs={[{ label: t("lists.helpTitle"), to: at.helpMe() }]}
    >
      {atResults ? (
        <div id="results" className="scroll-mt-4">
          {Object.keys(answers).length === 0 ? (
            <Notice tone="wait">{t("finder.nothingAnswered")}</Notice>
          ) : null}
          <Contradictions contradictions={sent?.contradictions ?? []} parameters={parameters} />
          <Suspense>
            <Results
              results={results}
              answers={answers}
              parameters={parameters}
              toQuestion={(n, label) => (
                <Link
                  key={n}
                  to={{ hash: `q${n}` }}
                  className="inline-flex min-h-tap items-center text-2 text-brand underline underline-offset-4"
                >
                  {label}
                </Link>
              )}
            />
            <TakeAway
              results={results}
              answers={answers}
              phone={phone}
              url={url}
              keepDays={keepDays}
              reply={refused ? undefined : reply}
              handed={sent?.handed}
            />
          </Suspense>
        </div>
      ) : null}
      {scripts && atResults ? (
        <div className="no-print mt-8 flex flex-wrap gap-3">
          <Button type="button" look="secondary" onClick={() => go(1, false)}>
            {t("finder.change")}
          </Button>
          <Button
            type="button"
            look="quiet"
            onClick={() => {
              keep({});
              go(1, false);
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
          {scripts ? null : <FormErrors reply={refused} />}
          <Questions
            items={items}
            parameters={parameters}
            answers={answers}
            now={scripts && view !== "results" ? view : undefined}
            reply={refused}
            onChange={keep}
            onGo={go}
          />
        </section>
      )}
    </Page>
  );
}

/** The view that the present one was reached from by a button of the finder. */
const cameFrom = (state: unknown): unknown =>
  typeof state === "object" && state !== null && "from" in state ? state.from : undefined;
