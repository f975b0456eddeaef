import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { submitProject } from "~/domain/needs/draftProject.server";
import { withdrawProject } from "~/domain/ending/withdrawNeed.server";
import { projectPage } from "~/domain/needs/projectQueries.server";
import { isNeed } from "~/domain/needs/staffQueries.server";
import { discardUnfinished, readUnfinished } from "~/domain/needs/unfinished.server";
import { WithdrawProjectInput } from "~/domain/needs/projectSchemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { button, form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { UnfinishedProject } from "~/ui/organisation/UnfinishedProject";
import { WholeProject } from "~/ui/organisation/WholeProject";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "organisations.homeTitle" };

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
  return act(args, asOneOf("org_editor", "org_manager"), {
    default: form(z.object({}), async (ctx) => {
      // What is missing is said where it can be filled in.
      if (await readUnfinished(ctx, id)) return redirect(paths(ctx.locale).editProject(id, "missing"));
      await submitProject(ctx, id);
      return doneAt(paths(ctx.locale).project(id), "done.projectSubmitted");
    }),
    discard: button(async (ctx) => {
      await discardUnfinished(ctx, id);
      return doneAt(
        (await isNeed(ctx, id)) ? paths(ctx.locale).project(id) : paths(ctx.locale).organisation(),
        "done.draftDiscarded",
      );
    }),
    withdraw: form(WithdrawProjectInput, async (ctx, { reason }) => {
      await withdrawProject(ctx, id, reason);
      return doneAt(paths(ctx.locale).organisation(), "done.projectWithdrawn");
    }),
  });
};

export default function Project() {
  const { unfinished, page } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  if (page) return <WholeProject page={page} unfinished={unfinished !== undefined} reply={reply} />;
  return <UnfinishedProject {...unfinished} />;
}
