import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { withdrawOrganisationNeed } from "~/domain/ending/withdrawNeed.server";
import { submitOrganisationNeed } from "~/domain/needs/draftOrganisationNeed.server";
import { organisationNeedPage } from "~/domain/needs/organisationNeedQueries.server";
import { WithdrawOrganisationNeedInput } from "~/domain/needs/organisationNeedSchemas";
import { isNeed } from "~/domain/needs/staffQueries.server";
import { discardUnfinished, readUnfinished } from "~/domain/needs/unfinished.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { button, form, NothingTyped } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { UnfinishedOrganisationNeed } from "~/ui/organisation/UnfinishedOrganisationNeed";
import { WholeOrganisationNeed } from "~/ui/organisation/WholeOrganisationNeed";
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
    return { unfinished, page: await organisationNeedPage(ctx, id), messages };
  });

export const action = (args: RouteArgs) => {
  const id = idFrom(args, "id");
  return act(args, asOneOf("org_editor", "org_manager"), {
    default: form(NothingTyped, async (ctx) => {
      // What is missing is said where it can be filled in.
      if (await readUnfinished(ctx, id))
        return redirect(paths(ctx.locale).editOrganisationNeed(id, "missing"));
      await submitOrganisationNeed(ctx, id);
      return doneAt(paths(ctx.locale).organisationNeed(id), "done.organisationNeedSubmitted");
    }),
    discard: button(async (ctx) => {
      await discardUnfinished(ctx, id);
      return doneAt(
        (await isNeed(ctx, id)) ? paths(ctx.locale).organisationNeed(id) : paths(ctx.locale).organisation(),
        "done.draftDiscarded",
      );
    }),
    withdraw: form(WithdrawOrganisationNeedInput, async (ctx, { reason }) => {
      await withdrawOrganisationNeed(ctx, id, reason);
      return doneAt(paths(ctx.locale).organisation(), "done.organisationNeedWithdrawn");
    }),
  });
};

export default function OrganisationNeed() {
  const { unfinished, page } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  if (page) return <WholeOrganisationNeed page={page} unfinished={unfinished !== undefined} reply={reply} />;
  return <UnfinishedOrganisationNeed {...unfinished} />;
}
