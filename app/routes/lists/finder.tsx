import type { MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { z } from "zod";
import { finderItems } from "~/domain/directory/finder/finderItems.server";
import { handOverAnswers } from "~/domain/directory/finder/handOver.server";
import { factsFromAnswers, readAnswers, type Answers } from "~/domain/directory/finder/questions";
import { resultsOf } from "~/domain/directory/finder/results";
import { limit } from "~/domain/kernel/limits.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { replyOf } from "~/http/reply";
import { say } from "~/i18n/messages";
import { messagesFor, serverT } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Questions } from "~/ui/finder/Questions";
import { Results } from "~/ui/finder/Results";
import { TakeAway } from "~/ui/finder/TakeAway";
import { useStoredAnswers } from "~/ui/finder/useStoredAnswers";
import { Button } from "~/ui/primitives/Button";
import { Notice, Page } from "~/ui/primitives/Page";
import { useRoot } from "~/ui/shell/useRoot";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await finderItems(ctx)),
    keepDays: await limit(ctx.db, ctx, "finderHandoverDays"),
    url: ctx.publicUrl + paths(ctx.locale).lists(),
    title: serverT(ctx.locale, ["finder"])("finder.title"),
    messages: messagesFor(ctx.locale, ["finder", "facts", "lists"]),
  }));

const HandOver = z.object({ consent: z.literal("yes", { error: say("finder.handPlease") }) });
const JustAnswers = z.object({});

/** Without scripts the answers come here to be worked out once, and go back with the page; nothing is kept unless it is handed over. */
export const action = (args: RouteArgs) =>
  act(
    args,
    (typed) => (typed.has("handOver") ? HandOver : JustAnswers),
    async (ctx, _value, form) => {
      const answers = readAnswers(form);
      if (!form.has("handOver")) return { answers };
      return { answers, handed: await handOverAnswers(ctx, { answers, clientAddress: args.context.clientAddress }) };
    },
  );

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · 红心` }];

type Answered = Readonly<{ answers?: Answers; handed?: Readonly<{ code: string; expiresAt: Date }> }>;

export default function Finder() {
  const t = useT();
  const { items, parameters, keepDays, url } = useLoaderData<typeof loader>();
  const phone = useRoot()?.place.phoneLine ?? "";
  const at = paths(useLocale());
  const sent = useActionData() as Answered | undefined;
  const reply = replyOf(sent);
  const [stored, keep] = useStoredAnswers();
  const [view, setView] = useState<number | "results">(1);
  const scripts = stored !== undefined;
  const answers = (scripts ? stored : (sent?.answers ?? (reply && readAnswers(entries(reply.values))))) ?? {};
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

const entries = (values: Readonly<Record<string, string | readonly string[]>>): (readonly [string, string])[] =>
  Object.entries(values).flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : value.map((one) => [name, one] as const)));
