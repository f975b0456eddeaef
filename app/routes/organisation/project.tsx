import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { submitProject, withdrawProject } from "~/domain/needs/draftProject.server";
import { projectPage } from "~/domain/needs/projectQueries.server";
import { isNeed } from "~/domain/needs/staffQueries.server";
import { discardUnfinished, readUnfinished } from "~/domain/needs/unfinished.server";
import { WithdrawProjectInput } from "~/domain/needs/projectSchemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { replyOf } from "~/http/reply";
import { small } from "~/http/smallForm.server";
import { asOneOf } from "~/http/who.server";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { UnfinishedForms } from "~/ui/intake/UnfinishedForms";
import { Budget } from "~/ui/organisation/Budget";
import { UnfinishedProject } from "~/ui/organisation/UnfinishedProject";
import { toneOfState } from "~/ui/organisation/toneOfState";
import { WithdrawProject } from "~/ui/organisation/WithdrawProject";
import { AnswerBy } from "~/ui/review/AnswerBy";
import { Button, LinkButton } from "~/ui/primitives/Button";
import type { Reply } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Notice, Page, Section, Tag } from "~/ui/primitives/Page";
import { Timeline } from "~/ui/primitives/Timeline";
import { roleKey } from "~/ui/shell/roleKey";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const id = idFrom(args, "id");
    const unfinished = await readUnfinished(ctx, id);
    const messages = messagesFor(ctx.locale, [
      "organisations",
      "intake",
      "review",
      "wishes",
      "journal",
      "identity",
    ]);
    if (unfinished && !(await isNeed(ctx, id))) return { unfinished, page: undefined, messages };
    return { unfinished, page: await projectPage(ctx, id), messages };
  });

export const action = (args: RouteArgs) => {
  const id = idFrom(args, "id");
  return act(
    args,
    asOneOf("org_editor", "org_manager"),
    z.object({}),
    async (ctx) => {
      // What is missing is said where it can be filled in.
      if (await readUnfinished(ctx, id)) return redirect(paths(ctx.locale).editProject(id, "missing"));
      await submitProject(ctx, id);
      return doneAt(paths(ctx.locale).project(id), "done.projectSubmitted");
    },
    {
      discard: async (ctx) => {
        await discardUnfinished(ctx, id);
        return doneAt(
          (await isNeed(ctx, id)) ? paths(ctx.locale).project(id) : paths(ctx.locale).organisation(),
          "done.draftDiscarded",
        );
      },
      withdraw: small(WithdrawProjectInput, async (ctx, { reason }) => {
        await withdrawProject(ctx, id, reason);
        return doneAt(paths(ctx.locale).organisation(), "done.projectWithdrawn");
      }),
    },
  );
};

const PUBLIC = ["published", "suspended", "closed"];
const ENDED = ["withdrawn", "rejected", "merged", "closed", "expired"];

export default function Project() {
  const { unfinished, page } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  if (page) return <WholeProject page={page} unfinished={unfinished} reply={reply} />;
  return unfinished ? <UnfinishedProject {...unfinished} /> : null;
}

type Loaded = Awaited<ReturnType<typeof loader>>;

function WholeProject({
  page,
  unfinished,
  reply,
}: Readonly<{
  page: NonNullable<Loaded["page"]>;
  unfinished: Loaded["unfinished"];
  reply: Reply | undefined;
}>) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { need, town, organisation, editable, words, lines, steps } = page;
  const isDraft = need.state === "draft" || need.state === "returned";
  const returned =
    need.state === "returned" ? steps.findLast((step) => step.event === "need.return")?.reason : undefined;
  return (
    <Page
      title={<span lang="zh-Hans">{words?.title}</span>}
      lead={`${nameIn(locale, organisation)} · ${nameIn(locale, town)}`}
      crumbs={[{ label: t("organisations.homeTitle"), to: at.organisation() }]}
    >
      <FormErrors reply={reply} />
      <p className="mb-4 flex flex-wrap items-center gap-3">
        <Tag tone={toneOfState(need.state)}>{t(`review.state_${need.state}`)}</Tag>
        {PUBLIC.includes(need.state) ? (
          <LinkButton look="quiet" to={at.wish(need.code)}>
            {t("organisations.seePublic")}
          </LinkButton>
        ) : null}
      </p>
      {unfinished ? (
        <div className="mb-6">
          <UnfinishedForms to={at.editProject(need.id)} />
        </div>
      ) : null}
      <AnswerBy need={need} />
      {returned ? (
        <Notice tone="problem">
          {t("organisations.returned", { reason: t(`review.return_${returned}` as MessageKey) })}
        </Notice>
      ) : null}
      <p className="mt-4 max-w-measure whitespace-pre-line" lang="zh-Hans">
        {words?.story}
      </p>
      <Section title={t("organisations.budget")}>
        <Budget lines={lines} />
      </Section>
      {editable && isDraft ? (
        <Form method="post" className="mt-6 grid gap-2">
          <div className="flex flex-wrap gap-3">
            <Button>{t("organisations.submit")}</Button>
            <LinkButton look="secondary" to={at.editProject(need.id)}>
              {t("organisations.edit")}
            </LinkButton>
          </div>
          <p className="text-2 text-muted">{t("organisations.submitHint")}</p>
        </Form>
      ) : null}
      <Section title={t("organisations.theWay")}>
        <Timeline
          steps={steps.map((step, index) => ({
            key: step.id,
            state: index === steps.length - 1 ? "now" : "done",
            title: t(`journal.${step.event.replace(".", "_")}` as MessageKey),
            when: moment(locale, step.at),
            who: t(roleKey(step.role)),
          }))}
        />
      </Section>
      {editable && !ENDED.includes(need.state) ? <WithdrawProject /> : null}
    </Page>
  );
}
