import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { servicesPage } from "~/domain/delivery/visitQueries.server";
import { acceptVisit, arrangeVisit, recordVisit } from "~/domain/giving/serviceVisits.server";
import { AcceptVisitInput, ArrangeVisitInput, RecordVisitInput } from "~/domain/giving/serviceVisitSchemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { momentIntent } from "~/http/corrections.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { AskFirst } from "~/ui/primitives/AskFirst";
import { Button } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { EmptyState, Page, Section, Tag } from "~/ui/primitives/Page";
import { replyTo } from "~/ui/primitives/replyTo";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { VisitCard } from "~/ui/visits/VisitCard";
import { VisitToDo } from "~/ui/visits/VisitToDo";

export const handle: PageHandle = { title: "visits.visitsTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await servicesPage(ctx)),
    now: localInput(ctx.now()),
    keys: Array.from({ length: 100 }, () => ctx.newId()),
    momentKey: ctx.newId(),
    messages: messagesFor(ctx.locale, ["visits", "store", "moments"]),
  }));

export const action = (args: RouteArgs) => {
  const decide = (decision: "accept" | "dispute") =>
    form(AcceptVisitInput, async (ctx, { visitId }) => {
      await acceptVisit(ctx, visitId, decision);
      return doneAt(
        paths(ctx.locale).services(),
        decision === "accept" ? "done.visitAccepted" : "done.visitDisputed",
      );
    });
  return act(args, asOneOf("caseworker", "town_reviewer"), {
    default: form(RecordVisitInput, async (ctx, input) => {
      await recordVisit(ctx, input);
      return doneAt(paths(ctx.locale).services(), "done.visitNoted");
    }),
    ...momentIntent((at) => at.services()),
    accept: decide("accept"),
    dispute: decide("dispute"),
    arrange: form(ArrangeVisitInput, async (ctx, input) => {
      await arrangeVisit(ctx, input);
      return doneAt(paths(ctx.locale).services(), "done.visitArranged");
    }),
  });
};

export default function Services() {
  const t = useT();
  const { toDo, toAccept, over, now, keys, momentKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  return (
    <Page title={t("visits.visitsTitle")} lead={t("visits.visitsLead")}>
      <FormErrors reply={reply} />
      <Section title={t("visits.toAccept")}>
        {toAccept.length === 0 ? <EmptyState title={t("common.none")} /> : null}
        <ul className="grid gap-4">
          {toAccept.map((row) => (
            <li key={row.visit.id}>
              <VisitCard row={row} now={now} requestKey={momentKey} reply={reply}>
                {row.mine ? null : (
                  <Form method="post" className="mt-3 flex flex-wrap gap-3">
                    <input type="hidden" name="visitId" value={row.visit.id} />
                    <Button name="intent" value="accept">
                      {t("visits.acceptVisit")}
                    </Button>
                    <AskFirst
                      name="intent"
                      value="dispute"
                      label={t("visits.disputeVisit")}
                      says={t("visits.disputeSays")}
                    />
                  </Form>
                )}
              </VisitCard>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("visits.toDo")}>
        {toDo.length === 0 ? <EmptyState title={t("common.none")} /> : null}
        <ul className="grid gap-4">
          {toDo.map(({ pledge, ...row }, index) => (
            <li key={pledge.id}>
              <VisitToDo
                row={{ pledge, ...row }}
                now={now}
                requestKey={keys[index] ?? ""}
                reply={replyTo(reply, "pledgeId", pledge.id)}
              />
            </li>
          ))}
        </ul>
      </Section>
      {over.length === 0 ? null : (
        <Section title={t("visits.over")}>
          <ul className="grid gap-4">
            {over.map((row) => (
              <li key={row.visit.id}>
                <VisitCard row={row} now={now} requestKey={momentKey} reply={reply}>
                  <p>
                    <Tag tone={row.visit.state === "accepted" ? "done" : "problem"}>
                      {t(row.visit.state === "accepted" ? "visits.visitAccepted" : "visits.visitDisputed")}
                    </Tag>
                  </p>
                </VisitCard>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}
