import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { agreeToJointDay, callOffJointDay, holdJointDay } from "~/domain/giving/answerJointDay.server";
import { daysToChoose, jointDayAtPoint } from "~/domain/giving/jointDayQueries.server";
import { suggestOtherDay } from "~/domain/giving/proposeJointDay.server";
import { AnswerJointDayInput, SuggestDayInput } from "~/domain/giving/schemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { calendarDay } from "~/i18n/format";
import { langOfWords, nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { JointDayState } from "~/ui/giving/JointDayState";
import { AskFirst } from "~/ui/primitives/AskFirst";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Card, EmptyState, Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { thing } from "~/ui/store/things";

export const handle: PageHandle = { title: "jointDays.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    jointDay: await jointDayAtPoint(ctx, idFrom(args, "id")),
    days: await daysToChoose(ctx),
    requestKey: ctx.newId(),
    messages: messagesFor(ctx.locale, ["jointDays", "store"]),
  }));

export const action = (args: RouteArgs) => {
  const jointDayId = idFrom(args, "id");
  const answering = (answer: typeof agreeToJointDay, key: DoneKey) =>
    form(AnswerJointDayInput.omit({ jointDayId: true }), async (ctx, { version }) => {
      await answer(ctx, { jointDayId, version });
      return doneAt(paths(ctx.locale).pointJointDay(jointDayId), key);
    });
  return act(args, asOneOf("storekeeper", "operator"), {
    default: form(SuggestDayInput, async (ctx, input) => {
      await suggestOtherDay(ctx, jointDayId, input);
      return doneAt(paths(ctx.locale).pointJointDay(jointDayId), "done.jointDayProposed");
    }),
    agree: answering(agreeToJointDay, "done.jointDayAgreed"),
    callOff: answering(callOffJointDay, "done.jointDayCalledOff"),
    hold: answering(holdJointDay, "done.jointDayHeld"),
  });
};

export default function PointJointDay() {
  const t = useT();
  const locale = useLocale();
  const { jointDay, days, requestKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const { state, proposedSide, point, expected } = jointDay;
  const open = state === "proposed" || state === "agreed";
  const hint = t("jointDays.dayHint", {
    first: calendarDay(locale, days.first),
    last: calendarDay(locale, days.last),
  });
  return (
    <Page
      title={calendarDay(locale, jointDay.day)}
      lead={t("jointDays.from", {
        donor: jointDay.donorName ?? t("jointDays.kindCompany"),
        code: jointDay.giftCode,
      })}
      crumbs={[{ label: nameIn(locale, point), to: paths(locale).point(point.id) }]}
    >
      <FormErrors reply={reply} />
      <p>
        <JointDayState jointDay={jointDay} reader="point" />
      </p>
      <Section title={t("jointDays.expected")}>
        {expected.length === 0 ? <EmptyState title={t("jointDays.nothingExpected")} /> : null}
        <Card>
          <ul className="grid list-disc gap-1 pl-5" lang={langOfWords(locale)}>
            {expected.map((line) => (
              <li key={line.itemHans + line.unit.code}>{thing(locale, line, line.quantity)}</li>
            ))}
          </ul>
        </Card>
      </Section>
      {open ? (
        <Form method="post" className="mt-6 flex flex-wrap gap-3">
          <input type="hidden" name="version" value={jointDay.version} />
          {state === "proposed" && proposedSide === "donor" ? (
            <Button name="intent" value="agree">
              {t("jointDays.agree")}
            </Button>
          ) : null}
          {state === "agreed" && jointDay.due ? (
            <Button name="intent" value="hold">
              {t("jointDays.hold")}
            </Button>
          ) : null}
          <AskFirst
            name="intent"
            value="callOff"
            label={t("jointDays.decline")}
            says={t("jointDays.callOffSays")}
          />
        </Form>
      ) : null}
      {state === "agreed" && !jointDay.due ? (
        <p className="mt-3 text-2 text-muted">{t("jointDays.holdFirst")}</p>
      ) : null}
      {open && expected.length > 0 ? (
        <Section title={t("jointDays.another")}>
          <Form method="post" className="grid gap-5">
            <RequestKey value={requestKey} reply={reply} />
            <TextField
              name="day"
              type="date"
              label={t("jointDays.day")}
              hint={hint}
              min={days.first}
              max={days.last}
              reply={reply}
            />
            <Button look="secondary">{t("jointDays.suggest")}</Button>
          </Form>
        </Section>
      ) : null}
    </Page>
  );
}
