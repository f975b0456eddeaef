import { Form } from "@remix-run/react";
import { useEffect, useRef, type FormEvent } from "react";
import { QUESTIONS, readAnswers, type Answers } from "~/domain/directory/finder/questions";
import type { Parameters } from "~/domain/directory/rules/evaluate";
import type { MessageKey } from "~/i18n/messages";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { QuestionFields } from "./QuestionFields";

type Props = Readonly<{
  parameters: Parameters;
  answers: Answers;
  /** Which question is asked now, from 1; undefined where there are no scripts and all stand on one page. */
  now: number | undefined;
  onAnswer: (answers: Answers, goTo: number | "results") => void;
}>;

/** The finder's questions: one at a time where scripts run, all on one page where they do not. */
export function Questions({ parameters, answers, now, onAnswer }: Props) {
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = now === undefined ? QUESTIONS : QUESTIONS.slice(now - 1, now);
  useEffect(() => {
    if (now !== undefined && now > 1) heading.current?.focus();
  }, [now]);

  function take(event: FormEvent<HTMLFormElement>) {
    if (now === undefined) return;
    event.preventDefault();
    const way = (event.nativeEvent as SubmitEvent).submitter?.getAttribute("value") ?? "next";
    const fields = new Set(shown.flatMap((question) => question.fields.map((field) => field.name)));
    const rest = Object.fromEntries(Object.entries(answers).filter(([name]) => !fields.has(name)));
    const given = way === "skip" ? {} : readAnswers(new FormData(event.currentTarget));
    onAnswer({ ...rest, ...given }, way === "results" || (way !== "back" && now === QUESTIONS.length) ? "results" : way === "back" ? now - 1 : now + 1);
  }

  return (
    // The first question keeps its place when scripts take over: what was typed before stays.
    <Form method="post" className="grid gap-6" onSubmit={take} key={now ?? 1}>
      {shown.map((question) => {
        const n = QUESTIONS.indexOf(question) + 1;
        return (
          <section
            key={question.id}
            id={`q${n}`}
            aria-labelledby={`q${n}-title`}
            className={`scroll-mt-4 rounded-lg border-(length:--border) border-line bg-surface p-5 shadow-card ${now === undefined && n > 1 ? "scripts:hidden" : ""}`}
          >
            <p className="text-2 text-muted">{t("finder.question", { n, of: QUESTIONS.length })}</p>
            <h2 id={`q${n}-title`} ref={now === undefined ? undefined : heading} tabIndex={-1} className="mb-4 text-5 outline-none">
              {t(`finder.q_${question.id}` as MessageKey)}
            </h2>
            <QuestionFields question={question} answers={answers} parameters={parameters} />
          </section>
        );
      })}
      {now === undefined ? (
        <Button wide className="scripts:hidden">
          {t("finder.show")}
        </Button>
      ) : (
        <div className="grid gap-3 sm:grid-cols-2 elder:grid-cols-1">
          <Button name="way" value="next">
            {t(now === QUESTIONS.length ? "finder.show" : "finder.next")}
          </Button>
          <Button look="secondary" name="way" value="skip">
            {t("finder.notSure")}
          </Button>
          {now > 1 ? (
            <Button look="quiet" name="way" value="back">
              {t("finder.back")}
            </Button>
          ) : null}
          {now > 1 && now < QUESTIONS.length ? (
            <Button look="quiet" name="way" value="results">
              {t("finder.show")}
            </Button>
          ) : null}
        </div>
      )}
    </Form>
  );
}
