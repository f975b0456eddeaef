import { data } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { factsFromAnswers } from "~/domain/finder/answeredFacts";
import { finderItems } from "~/domain/finder/finderItems.server";
import { openHandedAnswers } from "~/domain/finder/handOver.server";
import { QUESTIONS } from "~/domain/finder/questions";
import { resultsOf } from "~/domain/finder/results";
import { requireUser, scopeIds } from "~/domain/kernel/actor";
import { DomainError } from "~/domain/kernel/errors";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { moment } from "~/i18n/format";
import { type MessageKey, say } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { AnswersShown } from "~/ui/finder/AnswersShown";
import { Results } from "~/ui/finder/Results";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, Page, Section } from "~/ui/primitives/Page";
import { PrintButton } from "~/ui/primitives/PrintButton";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "finder.openTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    requireUser(ctx.actor);
    if (scopeIds(ctx.actor, "caseworker").length === 0) throw new DomainError("NOT_ALLOWED");
    return {
      ...(await finderItems(ctx)),
      messages: messagesFor(ctx.locale, ["finder", "facts", "lists", "intake"]),
    };
  });

const Code = z.object({
  code: z
    .string({ error: say("common.pleaseFill") })
    .trim()
    .min(1, say("common.pleaseFill"))
    .max(20, say("common.tooLong")),
});

export const action = (args: RouteArgs) =>
  act(args, asOneOf("caseworker"), {
    default: form(Code, async (ctx, { code }) => data({ opened: await openHandedAnswers(ctx, code) })),
  });

export default function FieldAnswers() {
  const t = useT();
  const locale = useLocale();
  const { items, parameters } = useLoaderData<typeof loader>();
  const { opened, reply } = useActionData<typeof action>() ?? {};
  return (
    <Page
      title={t("finder.openTitle")}
      lead={t("finder.openLead")}
      crumbs={[{ label: t("intake.homeTitle"), to: paths(locale).field() }]}
      actions={opened ? <PrintButton /> : undefined}
    >
      <Form method="post" className="no-print grid items-end gap-3 sm:grid-cols-[1fr_auto] elder:grid-cols-1">
        <FormErrors reply={reply} />
        <TextField
          name="code"
          label={t("finder.code")}
          maxLength={LENGTHS.code}
          reply={reply}
          defaultValue={opened?.code}
        />
        <Button>{t("finder.open")}</Button>
      </Form>
      {opened ? (
        <>
          <Section title={t("finder.answered")}>
            <Card>
              <p className="mb-3 text-2 text-muted">
                {t("finder.opened", { time: moment(locale, opened.createdAt) })}
              </p>
              <AnswersShown answers={opened.answers} parameters={parameters} />
            </Card>
          </Section>
          <Results
            results={resultsOf(items, factsFromAnswers(opened.answers, parameters), parameters)}
            answers={opened.answers}
            parameters={parameters}
            toQuestion={(n) => (
              <span key={n} className="text-2 text-muted">
                {t(`finder.q_${QUESTIONS[n - 1]?.id ?? ""}` as MessageKey)}
              </span>
            )}
          />
        </>
      ) : null}
    </Page>
  );
}
