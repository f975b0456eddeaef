import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { agreeToJointDay, callOffJointDay } from "~/domain/giving/answerJointDay.server";
import { daysToChoose } from "~/domain/giving/jointDayQueries.server";
import { proposeJointDay, storedJointDay } from "~/domain/giving/proposeJointDay.server";
import { AnswerJointDayInput, ProposeJointDayInput } from "~/domain/giving/schemas";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { readPoints } from "~/domain/reference/queries.server";
import { giftPage } from "~/domain/trace/giftPage.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { filled, saveEdit } from "~/http/edit.server";
import { codeFrom } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { signedIn } from "~/http/who.server";
import { calendarDay } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { JointDayFacts } from "~/ui/giving/JointDayCard";
import { AskFirst } from "~/ui/primitives/AskFirst";
import { Button } from "~/ui/primitives/Button";
import { EditForm } from "~/ui/primitives/EditForm";
import { SelectField, TextField } from "~/ui/primitives/Field";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Card, Notice, Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "jointDays.title" };

async function storedFor(ctx: UseCaseContext, code: string) {
  const { gift, point, jointDay } = await giftPage(ctx, code);
  if (!jointDay.mayPropose) throw new DomainError("NOT_FOUND");
  const live = jointDay.current?.state === "held" ? undefined : jointDay.current;
  return { gift, live, stored: storedJointDay(live, point?.id) };
}

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { gift, live, stored } = await storedFor(ctx, codeFrom(args));
    const points = (await readPoints(ctx)).map((row) => row.point);
    const days = await daysToChoose(ctx);
    return {
      code: gift.code,
      live,
      form: filled(stored),
      points,
      days,
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["jointDays", "gifts"]),
    };
  });

export const action = (args: RouteArgs) => {
  const code = codeFrom(args);
  return act(args, signedIn, {
    default: form(ProposeJointDayInput, (ctx, input, typed) =>
      saveEdit(
        typed,
        input,
        {
          save: (said) => proposeJointDay(ctx, code, said),
          stored: async () => (await storedFor(ctx, code)).stored,
        },
        () => doneAt(paths(ctx.locale).gift(code), "done.jointDayProposed"),
      ),
    ),
    agree: form(AnswerJointDayInput, async (ctx, input) => {
      await agreeToJointDay(ctx, input);
      return doneAt(paths(ctx.locale).gift(code), "done.jointDayAgreed");
    }),
    callOff: form(AnswerJointDayInput, async (ctx, input) => {
      await callOffJointDay(ctx, input);
      return doneAt(paths(ctx.locale).gift(code), "done.jointDayCalledOff");
    }),
  });
};

export default function JointDay() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { code, live, form, points, days, requestKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const ofForm = reply?.values["intent"] === undefined ? reply : undefined;
  const hint = t("jointDays.dayHint", {
    first: calendarDay(locale, days.first),
    last: calendarDay(locale, days.last),
  });
  return (
    <Page
      title={t("jointDays.title")}
      lead={t("jointDays.lead")}
      crumbs={[{ label: t("gifts.giftNo", { code }), to: at.gift(code) }]}
    >
      {ofForm ? null : <FormErrors reply={reply} />}
      {live ? (
        <Card>
          <JointDayFacts jointDay={live} />
          <Form method="post" className="mt-4 flex flex-wrap gap-3">
            <input type="hidden" name="jointDayId" value={live.id} />
            <input type="hidden" name="version" value={live.version} />
            {live.state === "proposed" && live.proposedSide === "point" ? (
              <Button name="intent" value="agree">
                {t("jointDays.agree")}
              </Button>
            ) : null}
            <AskFirst
              name="intent"
              value="callOff"
              label={t("jointDays.withdraw")}
              says={t("jointDays.callOffSays")}
            />
          </Form>
        </Card>
      ) : null}
      <Section title={t(live ? "jointDays.another" : "jointDays.propose")}>
        <EditForm filled={form} reply={ofForm} className="grid gap-5">
          {(kept) => (
            <>
              <RequestKey value={requestKey} reply={ofForm} />
              <TextField
                name="day"
                type="date"
                label={t("jointDays.day")}
                hint={hint}
                min={days.first}
                max={days.last}
                reply={kept}
              />
              <SelectField
                name="pointId"
                label={t("jointDays.point")}
                reply={kept}
                options={points.map((point) => ({ value: point.id, label: nameIn(locale, point) }))}
              />
              <Notice>{t("jointDays.dueNote")}</Notice>
              <Button wide>{t("jointDays.send")}</Button>
            </>
          )}
        </EditForm>
      </Section>
    </Page>
  );
}
