import { useActionData, useLoaderData } from "@remix-run/react";
import { answerReport } from "~/domain/lists/desk/answerReport.server";
import { browseItems, deskQueue, sortKey, staleKey } from "~/domain/lists/desk/deskQueries.server";
import { AnswerReportInput } from "~/domain/lists/desk/reportSchemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { inQuery, oneOfInQuery, searchOf } from "~/http/query.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Browse, LIST_NAMES, STATES } from "~/ui/desk/Browse";
import { Queue } from "~/ui/desk/Queue";
import { LinkButton } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "desk.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const search = searchOf(args.request);
    const filter = {
      q: search.get("q")?.trim().slice(0, 40) ?? "",
      list: oneOfInQuery(args.request, "list", LIST_NAMES),
      state: oneOfInQuery(args.request, "state", STATES),
    };
    const after = inQuery(args.request, "after", sortKey);
    const [queue, found] = await Promise.all([
      deskQueue(ctx, inQuery(args.request, "stale", staleKey)),
      browseItems(ctx, { ...filter, after }),
    ]);
    const next =
      found.next === undefined
        ? undefined
        : `${paths(ctx.locale).listsDesk({ ...filter, after: String(found.next) })}#browse`;
    return {
      queue,
      rows: found.rows,
      next,
      filter,
      messages: messagesFor(ctx.locale, ["desk", "lists", "reports"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, asOneOf("operator"), {
    answer: form(AnswerReportInput, async (ctx, input) => {
      await answerReport(ctx, input);
      return doneAt(paths(ctx.locale).listsDesk(), "done.reportSettled");
    }),
  });

export default function ListsDesk() {
  const t = useT();
  const at = paths(useLocale());
  const { queue, rows, next, filter } = useLoaderData<typeof loader>();
  const actions = (
    <>
      <LinkButton look="secondary" to={at.deskValues()}>
        {t("desk.values")}
      </LinkButton>
      <LinkButton look="secondary" to={at.deskFiles()}>
        {t("desk.importExport")}
      </LinkButton>
      <LinkButton to={at.newItem()}>{t("desk.newItem")}</LinkButton>
    </>
  );
  return (
    <Page title={t("desk.title")} lead={t("desk.lead")} actions={actions}>
      <FormErrors reply={useActionData<typeof action>()?.reply} />
      <Queue queue={queue} />
      <Section title={t("desk.browse")} id="browse">
        <Browse rows={rows} next={next} filter={filter} />
      </Section>
    </Page>
  );
}
