import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { correctRecord, storedRecord } from "~/domain/households/changeHousehold.server";
import { eraseHousehold } from "~/domain/households/eraseHousehold.server";
import { openRecord } from "~/domain/households/openRecord.server";
import { householdPage } from "~/domain/households/queries.server";
import { closeRequest, recordRequest } from "~/domain/households/recipientRequests.server";
import { CloseRequestForm, EraseInput, RecipientRequestInput } from "~/domain/households/requestSchemas";
import { CorrectionInput, OpenRecordInput } from "~/domain/households/schemas";
import { FIELDS } from "~/domain/households/visibility";
import { act, givenBack, load } from "~/http/answer.server";
import { limit } from "~/domain/kernel/limits.server";
import type { RouteArgs } from "~/http/context.server";
import { momentIntent } from "~/http/corrections.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { filled, saveEdit } from "~/http/edit.server";
import { idFrom } from "~/http/ids.server";
import { replyOf } from "~/http/reply";
import { small } from "~/http/smallForm.server";
import { staff } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { AskForm } from "~/ui/households/AskForm";
import { Erased, ErasePart } from "~/ui/households/ErasePart";
import { HouseholdFacts } from "~/ui/households/HouseholdFacts";
import { OpenedRecord, OpenRecordForm } from "~/ui/households/RecordPart";
import { Requests } from "~/ui/households/Requests";
import { LinkButton } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import { replyTo } from "~/ui/primitives/replyTo";
import { ownOf } from "~/domain/kernel/own";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const page = await householdPage(ctx, idFrom(args, "id"));
    const correction = page.may.correct ? filled(await storedRecord(ctx, page.household.id)) : undefined;
    return {
      ...page,
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
  /** Done, and the page shown anew. */
  const then = <S extends z.ZodType>(
    schema: S,
    key: DoneKey,
    work: (ctx: UseCaseContext, input: z.output<S>) => Promise<unknown>,
  ) =>
    small(schema, async (ctx, input) => {
      await work(ctx, input);
      return doneAt(paths(ctx.locale).household(id), key);
    });
  return act(
    args,
    staff,
    OpenRecordInput,
    async (ctx, input, form) => {
      await openRecord(ctx, { householdId: id, ...input });
      if (FIELDS.some((field) => form.has(field))) {
        form.set("intent", "correct");
        return givenBack(form);
      }

      return doneAt(paths(ctx.locale).household(id), "done.recordOpened");
    },
    {
      request: then(RecipientRequestInput, "done.requestNoted", (ctx, input) =>
        recordRequest(ctx, id, input),
      ),
      close: then(CloseRequestForm, "done.requestClosed", (ctx, { requestId, ...input }) =>
        closeRequest(ctx, requestId, input),
      ),
      correct: small(CorrectionInput, (ctx, input, form) =>
        saveEdit(
          form,
          input,
          { save: (said) => correctRecord(ctx, id, said), stored: () => storedRecord(ctx, id) },
          () => doneAt(paths(ctx.locale).household(id), "done.changed"),
        ),
      ),
      ...momentIntent((at) => at.household(id)),
      erase: then(EraseInput, "done.recordErased", (ctx, input) => eraseHousehold(ctx, id, input)),
    },
  );
};

export default function Household() {
  const t = useT();
  const at = paths(useLocale());
  const {
    household,
    opened,
    correction,
    needs,
    openWishes,
    consents,
    requests,
    erased,
    may,
    inTheWay,
    now,
    answerDays,
    requestKey,
    momentKey,
  } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  const replyFor = (intent: string) => replyTo(reply, "intent", intent);
  const isStaff = may.seeNeeds;
  // What no form of the page shows is said above them all.
  const shown: Readonly<Record<string, boolean>> = {
    request: may.ask,
    erase: may.erase,
    close: may.close && requests.some(({ id }) => id === reply?.values["requestId"]),
    correct: (opened !== undefined && correction !== undefined) || may.open,
  };
  const intent = reply?.values["intent"];
  const isShown = intent === undefined ? may.open && !opened : (ownOf(shown, String(intent)) ?? false);
  return (
    <Page
      title={t("households.recordTitle", { code: household.code })}
      crumbs={
        may.ask || may.close || may.erase ? [{ label: t("households.findTitle"), to: at.requests() }] : []
      }
    >
      {isShown ? null : <FormErrors reply={reply} />}
      {erased ? (
        <div className="mb-6">
          <Erased erased={erased} />
        </div>
      ) : null}
      {isStaff || may.erase || needs.length + consents.length > 0 ? (
        <div className="mb-6">
          <HouseholdFacts
            household={household}
            needs={needs}
            consents={consents}
            toNeed={isStaff ? at.fieldWish : undefined}
          />
        </div>
      ) : null}
      {isStaff && !household.erasedAt ? (
        <p className="mb-6 flex flex-wrap gap-3">
          {household.kind === "household" ? (
            <LinkButton look="secondary" to={at.sheet(household.id)}>
              {t("sheet.title")}
            </LinkButton>
          ) : null}
          {may.ask ? (
            <LinkButton look="secondary" to={at.newWish(household.id)}>
              {t("intake.anotherWish")}
            </LinkButton>
          ) : null}
        </p>
      ) : null}
      {opened ? <OpenedRecord opened={opened} correction={correction} reply={replyFor("correct")} /> : null}
      {may.open && !opened ? (
        <OpenRecordForm reply={intent === undefined ? reply : replyFor("correct")} />
      ) : null}
      {isStaff || may.erase ? (
        <Requests
          requests={requests}
          mayClose={may.close}
          toNeed={isStaff ? at.fieldWish : undefined}
          correcting={{ now, requestKey: momentKey, reply }}
          replyTo={(requestId) => replyTo(replyFor("close"), "requestId", requestId)}
        />
      ) : null}
      {may.ask ? (
        <AskForm
          key={requests.length}
          answerDays={answerDays}
          wishes={openWishes}
          now={now}
          requestKey={requestKey}
          reply={replyFor("request")}
        />
      ) : null}
      {may.erase ? <ErasePart code={household.code} inTheWay={inTheWay} reply={replyFor("erase")} /> : null}
    </Page>
  );
}
