import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import { correctRecord, storedRecord } from "~/domain/households/changeHousehold.server";
import { openRecord } from "~/domain/households/openRecord.server";
import { CorrectionInput, OpenRecordInput } from "~/domain/households/schemas";
import { FIELDS } from "~/domain/households/visibility";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { isNameIn } from "~/domain/kernel/own";
import { eraseHousehold } from "~/domain/requests/eraseHousehold.server";
import { householdPage } from "~/domain/requests/householdPage.server";
import { closeRequest, recordRequest } from "~/domain/requests/recipientRequests.server";
import { CloseRequestForm, EraseInput, RecipientRequestInput } from "~/domain/requests/requestSchemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { momentIntent } from "~/http/corrections.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { filled, saveEdit } from "~/http/edit.server";
import { idFrom } from "~/http/ids.server";
import { form, giveBackToLook } from "~/http/pageForm.server";
import { queuePlace } from "~/http/queueFilter.server";
import { staff } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { WholeHousehold } from "~/ui/households/WholeHousehold";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "households.recordTab" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const page = await householdPage(ctx, idFrom(args, "id"));
    const correction = page.may.correct ? filled(await storedRecord(ctx, page.household.id)) : undefined;
    return {
      ...page,
      place: queuePlace(args.request),
      correction,
      now: localInput(ctx.now()),
      answerDays: await limit(ctx.db, ctx, "answerWorkingDays"),
      requestKey: ctx.newId(),
      momentKey: ctx.newId(),
      messages: messagesFor(ctx.locale, [
        "households",
        "moments",
        "intake",
        "review",
        "wishes",
        "identity",
        "sheet",
      ]),
    };
  });

export const action = (args: RouteArgs) => {
  const id = idFrom(args, "id");
  const place = queuePlace(args.request);
  /** Done, and the page shown anew. */
  const then = <S extends z.ZodType>(
    schema: S,
    key: DoneKey,
    work: (ctx: UseCaseContext, input: z.output<S>) => Promise<unknown>,
  ) =>
    form(schema, async (ctx, input) => {
      await work(ctx, input);
      return doneAt(paths(ctx.locale).household(id, place), key);
    });
  return act(args, staff, {
    default: form(OpenRecordInput, async (ctx, input, typed) => {
      await openRecord(ctx, { householdId: id, ...input });
      if (FIELDS.some((field) => isNameIn(typed, field)))
        return giveBackToLook({ ...typed, intent: "correct" });
      return doneAt(paths(ctx.locale).household(id, place), "done.recordOpened");
    }),
    request: then(RecipientRequestInput, "done.requestNoted", (ctx, input) => recordRequest(ctx, id, input)),
    close: then(CloseRequestForm, "done.requestClosed", (ctx, { requestId, ...input }) =>
      closeRequest(ctx, requestId, input),
    ),
    correct: form(CorrectionInput, (ctx, input, typed) =>
      saveEdit(
        typed,
        input,
        { save: (said) => correctRecord(ctx, id, said), stored: () => storedRecord(ctx, id) },
        () => doneAt(paths(ctx.locale).household(id, place), "done.changed"),
      ),
    ),
    ...momentIntent((at) => at.household(id, place)),
    erase: then(EraseInput, "done.recordErased", (ctx, input) => eraseHousehold(ctx, id, input)),
  });
};

export default function Household() {
  const page = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  return <WholeHousehold page={page} reply={reply} />;
}
