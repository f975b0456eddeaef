import { Form } from "@remix-run/react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { decidingFields, questionBeside } from "~/domain/finder/openFacts";
import { type Answers, type Field, namesOf, NONE, QUESTIONS } from "~/domain/finder/questions";
import { readAnswerForm } from "~/domain/finder/readAnswers";
import type { FinderItem } from "~/domain/finder/results";
import type { Parameters } from "~/domain/rules/evaluate";
import type { MessageKey } from "~/i18n/messages";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { QuestionFields } from "./QuestionFields";

type Props = Readonly<{
  items: readonly FinderItem[];
  parameters: Parameters;
  answers: Answers;
  /** Which question is asked now, from 1; undefined where there are no scripts and all stand on one page. */
  now: number | undefined;
  /** What the server could not read, where there are no scripts. */
  reply: Reply | undefined;
  onChange: (answers: Answers) => void;
  onGo: (to: number | "results", back: boolean) => void;
}>;

/** The finder's questions: one at a time where scripts run, all on one page where they do not. */
export function Questions({ items, parameters, answers, now, reply, onChange, onGo }: Props) {
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  const [unread, setUnread] = useState<Reply>();
  useEffect(() => {
    setUnread(undefined);
    if (now !== undefined && now > 1) heading.current?.focus();
  }, [now]);
  const deciding = now === undefined ? [] : decidingFields(now, answers, items, parameters);
  const fieldsOf = (n: number): readonly Field[] =>
    n === now && deciding.length > 0 ? deciding : (QUESTIONS[n - 1]?.fields ?? []);
  const shown = now === undefined ? QUESTIONS.map((_question, index) => index + 1) : [now];
  const before = now === undefined ? undefined : questionBeside(now, -1, answers, items, parameters);

  /** The answers with what this form says in place of what it said before. */
  function given(form: HTMLFormElement) {
    const own = new Set(shown.flatMap((n) => fieldsOf(n).flatMap(namesOf)));
    const rest = Object.entries(answers).filter(([name]) => !own.has(name));
    const read = readAnswerForm(new FormData(form));
    return { ...read, answers: { ...Object.fromEntries(rest), ...read.answers } };
  }

  function change(event: FormEvent<HTMLFormElement>) {
    if (now === undefined) return;
    excludeOthers(event.target);
    onChange(given(event.currentTarget).answers);
  }

  function take(event: FormEvent<HTMLFormElement>) {
    if (now === undefined) return;
    event.preventDefault();
    const form = event.currentTarget;
    const way = (event.nativeEvent as SubmitEvent).submitter?.getAttribute("value") ?? "next";
    const own = new Set(fieldsOf(now).flatMap(namesOf));
    const read =
      way === "skip"
        ? {
            answers: Object.fromEntries(Object.entries(answers).filter(([name]) => !own.has(name))),
            unread: {},
          }
        : given(form);
    onChange(read.answers);
    if (way === "back") {
      onGo(before ?? 1, true);
      return;
    }

    const [wrong] = Object.keys(read.unread);
    if (wrong !== undefined) {
      const values = Object.fromEntries(
        [...new FormData(form)].flatMap(([name, value]) =>
          typeof value === "string" ? [[name, value]] : [],
        ),
      );
      setUnread({ values, errors: read.unread, formErrors: [] });
      form.querySelector<HTMLInputElement>(`input[name="${wrong}"]`)?.focus();
      return;
    }

    onGo(
      way === "results" ? "results" : (questionBeside(now, 1, read.answers, items, parameters) ?? "results"),
      false,
    );
  }

  return (
    // The first question keeps its place when scripts take over: what was typed before stays.
    <Form
      method="post"
      action="#results"
      className="grid gap-6"
      onSubmit={take}
      onChange={change}
      key={now ?? 1}
    >
      {shown.map((n) => {
        const id = QUESTIONS[n - 1]?.id ?? "";
        return (
          <section
            key={id}
            id={`q${n}`}
            aria-labelledby={`q${n}-title`}
            className={`scroll-mt-4 rounded-lg border-(length:--border) border-line bg-surface p-5 shadow-card ${now === undefined && n > 1 ? "scripts:hidden" : ""}`}
          >
            <p className="text-2 text-muted">{t("finder.question", { n, of: QUESTIONS.length })}</p>
            <h2
              id={`q${n}-title`}
              ref={now === undefined ? undefined : heading}
              tabIndex={-1}
              className="mb-4 text-5 outline-none"
            >
              {t(`finder.q_${id}` as MessageKey)}
            </h2>
            <QuestionFields
              fields={fieldsOf(n)}
              answers={answers}
              parameters={parameters}
              reply={now === undefined ? reply : unread}
            />
            {now === undefined && n > 1 ? (
              <p className="mt-4 scripts:hidden">
                <a
                  href={`#q${n - 1}`}
                  className="inline-flex min-h-tap items-center text-2 text-brand underline underline-offset-4"
                >
                  {t("finder.back")}
                </a>
              </p>
            ) : null}
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
          {before === undefined ? null : (
            <Button look="quiet" name="way" value="back">
              {t("finder.back")}
            </Button>
          )}
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

/** "None of these" and the others exclude each other as soon as one is touched. */
function excludeOthers(touched: EventTarget): void {
  if (!(touched instanceof HTMLInputElement) || touched.type !== "checkbox" || !touched.checked) return;
  for (const other of touched.form?.querySelectorAll<HTMLInputElement>(
    `input[type="checkbox"][name="${touched.name}"]`,
  ) ?? [])
    if (other !== touched && (touched.value === NONE || other.value === NONE)) other.checked = false;
}
