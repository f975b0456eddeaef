import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { acceptVisit, arrangeVisit, recordVisit } from "~/domain/delivery/serviceVisits.server";
import { servicesPage } from "~/domain/delivery/visitQueries.server";
import { AcceptVisitInput, ArrangeVisitInput, RecordVisitInput } from "~/domain/delivery/visitSchemas";
import { standing } from "~/domain/giving/states";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { momentIntent } from "~/http/corrections.server";
import { doneAt } from "~/http/done.server";
import { replyOf, replyTo } from "~/http/reply";
import { small } from "~/http/smallForm.server";
import { asOneOf } from "~/http/who.server";
import { calendarDay, day, localInput } from "~/i18n/format";
import { nameIn, wordsIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { CorrectMoments } from "~/ui/delivery/CorrectMoments";
import { AskFirst } from "~/ui/primitives/AskFirst";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { MomentField } from "~/ui/primitives/MomentField";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Card, EmptyState, Page, Section } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await servicesPage(ctx)),
    now: localInput(ctx.now()),
    keys: Array.from({ length: 100 }, () => ctx.newId()),
    momentKey: ctx.newId(),
    messages: messagesFor(ctx.locale, ["delivery", "store"]),
  }));

export const action = (args: RouteArgs) => {
  const decide = (decision: "accept" | "dispute") =>
    small(AcceptVisitInput, async (ctx, { visitId }) => {
      await acceptVisit(ctx, visitId, decision);
      return doneAt(paths(ctx.locale).services(), decision === "accept" ? "done.visitAccepted" : "done.visitDisputed");
    });
  return act(
    args,
    asOneOf("caseworker", "town_reviewer"),
    RecordVisitInput,
    async (ctx, input) => {
      await recordVisit(ctx, input);
      return doneAt(paths(ctx.locale).services(), "done.visitNoted");
    },
    {
      ...momentIntent((at) => at.services()),
      accept: decide("accept"),
      dispute: decide("dispute"),
      arrange: small(ArrangeVisitInput, async (ctx, input) => {
        await arrangeVisit(ctx, input);
        return doneAt(paths(ctx.locale).services(), "done.visitArranged");
      }),
    },
  );
};

export default function Services() {
  const t = useT();
  const locale = useLocale();
  const { toDo, toAccept, now, keys, momentKey } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  return (
    <Page title={t("delivery.visitsTitle")} lead={t("delivery.visitsLead")}>
      <FormErrors reply={reply} />
      <Section title={t("delivery.toAccept")}>
        {toAccept.length === 0 ? <EmptyState title={t("common.none")} /> : null}
        <ul className="grid gap-4">
          {toAccept.map(({ visit, mine, ...row }) => (
            <li key={visit.id}>
              <Card>
                <p className="font-semibold">
                  {row.needCode} · {wordsIn(locale, row.itemHans, row.itemHant)} × {String(visit.quantity)} {nameIn(locale, row.unit)}
                </p>
                <p className="text-2 text-muted" lang="zh-Hans">
                  {visit.doneOn} · {visit.providerName}
                </p>
                {mine ? null : (
                  <Form method="post" className="mt-3 flex flex-wrap gap-3">
                    <input type="hidden" name="visitId" value={visit.id} />
                    <Button name="intent" value="accept">
                      {t("delivery.acceptVisit")}
                    </Button>
                    <AskFirst name="intent" value="dispute" label={t("delivery.disputeVisit")} says={t("delivery.disputeSays")} />
                  </Form>
                )}
                <div className="mt-3">
                  <CorrectMoments moments={[{ step: "service_done", id: visit.id, at: visit.occurredAt, mine }]} now={now} requestKey={momentKey} reply={reply} />
                </div>
              </Card>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("delivery.toDo")}>
        {toDo.length === 0 ? <EmptyState title={t("common.none")} /> : null}
        <ul className="grid gap-4">
          {toDo.map(({ pledge, ...row }, index) => (
            <li key={pledge.id}>
              <Card>
                <p className="font-semibold">
                  {row.needCode} · {wordsIn(locale, row.itemHans, row.itemHant)} × {String(standing(pledge))} {nameIn(locale, row.unit)}
                </p>
                <p className="text-2 text-muted">
                  {pledge.arrangedFor === null
                    ? t("delivery.notArranged", { day: pledge.dueAt === null ? "" : day(locale, pledge.dueAt) })
                    : t("delivery.arrangedFor", { day: calendarDay(locale, pledge.arrangedFor) })}
                </p>
                <Form method="post" className="mt-3 flex flex-wrap items-end gap-3">
                  <input type="hidden" name="pledgeId" value={pledge.id} />
                  <TextField
                    name="day"
                    type="date"
                    label={t("delivery.arrangeDay")}
                    min={now.slice(0, 10)}
                    defaultValue={pledge.arrangedFor ?? undefined}
                    reply={replyTo(reply, "pledgeId", pledge.id)}
                  />
                  <Button look="secondary" name="intent" value="arrange">
                    {t("delivery.arrange")}
                  </Button>
                </Form>
                <Form method="post" className="mt-3 grid gap-4 sm:grid-cols-3">
                  <RequestKey value={keys[index] ?? ""} reply={replyTo(reply, "pledgeId", pledge.id)} />
                  <input type="hidden" name="pledgeId" value={pledge.id} />
                  <TextField name="providerName" maxLength={LENGTHS.provider} label={t("delivery.provider")} reply={replyTo(reply, "pledgeId", pledge.id)} />
                  <TextField
                    name="quantity"
                    maxLength={LENGTHS.number}
                    label={t("common.quantity")}
                    inputMode="numeric"
                    defaultValue="1"
                    reply={replyTo(reply, "pledgeId", pledge.id)}
                  />
                  <MomentField label={t("common.happenedAt")} now={now} reply={replyTo(reply, "pledgeId", pledge.id)} />
                  <Button look="secondary">{t("delivery.record")}</Button>
                </Form>
              </Card>
            </li>
          ))}
        </ul>
      </Section>
    </Page>
  );
}
