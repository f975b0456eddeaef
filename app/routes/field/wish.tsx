import { data, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { requireUser } from "~/domain/kernel/actor";
import { ERROR_CATALOGUE } from "~/domain/kernel/errors";
import { closeNeed } from "~/domain/needs/endNeed.server";
import { SubmitInput, WithdrawInput } from "~/domain/needs/schemas";
import { isNeed, staffNeed } from "~/domain/needs/staffQueries.server";
import { duplicatesOf, gapOfDraft, submitNeed, SubmitRefused } from "~/domain/needs/submitNeed.server";
import { discardUnfinished, readUnfinished } from "~/domain/needs/unfinished.server";
import { visitMoments } from "~/domain/needs/visitMoments.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { momentIntent } from "~/http/corrections.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { button, form } from "~/http/pageForm.server";
import { whatSubmittingAsks } from "~/http/submitting.server";
import { staff } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { UnfinishedWish } from "~/ui/intake/UnfinishedWish";
import { WholeWish } from "~/ui/intake/WholeWish";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "intake.homeTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    requireUser(ctx.actor);
    const id = idFrom(args, "id");
    const unfinished = await readUnfinished(ctx, id);
    const messages = messagesFor(ctx.locale, [
      "intake",
      "review",
      "moments",
      "wishes",
      "journal",
      "identity",
      "households",
    ]);
    if (unfinished && !(await isNeed(ctx, id))) return { unfinished, page: undefined, messages };
    const page = await staffNeed(ctx, id);
    const mine = page.filedByMe && ["draft", "returned"].includes(page.need.state);
    return {
      unfinished: mine ? unfinished : undefined,
      page: {
        ...page,
        moments: visitMoments(ctx, page),
        now: localInput(ctx.now()),
        momentKey: ctx.newId(),
        mine,
        duplicates: mine ? await duplicatesOf(ctx, page.need.id) : [],
        gap: mine ? await gapOfDraft(ctx, page.need) : [],
      },
      messages,
    };
  });

export const action = (args: RouteArgs) => {
  const id = idFrom(args, "id");
  return act(args, staff, {
    default: form(SubmitInput, async (ctx, input, form) => {
      // What is missing is said where it can be filled in.
      if (await readUnfinished(ctx, id)) return redirect(paths(ctx.locale).editWish(id, "missing"));
      try {
        await submitNeed(ctx, id, input);
      } catch (error) {
        if (error instanceof SubmitRefused)
          return data(
            { reply: whatSubmittingAsks(form, error) },
            { status: ERROR_CATALOGUE[error.code].status },
          );
        throw error;
      }

      return doneAt(paths(ctx.locale).field(), "done.wishSubmitted");
    }),
    ...momentIntent((at) => at.fieldWish(id)),
    discard: button(async (ctx) => {
      await discardUnfinished(ctx, id);
      return doneAt(
        (await isNeed(ctx, id)) ? paths(ctx.locale).fieldWish(id) : paths(ctx.locale).field(),
        "done.draftDiscarded",
      );
    }),
    close: button(async (ctx) => {
      await closeNeed(ctx, id);
      return doneAt(paths(ctx.locale).fieldWish(id), "done.wishClosed");
    }),
    withdraw: form(WithdrawInput, async (ctx, { reason }) => {
      await withdrawNeed(ctx, id, reason);
      return doneAt(paths(ctx.locale).field(), "done.wishWithdrawn");
    }),
  });
};

export default function FieldWish() {
  const { unfinished, page } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  if (page) return <WholeWish page={page} unfinished={unfinished !== undefined} reply={reply} />;
  return <UnfinishedWish {...unfinished} />;
}
