import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { approveValue, withdrawValue } from "~/domain/lists/desk/decideValue.server";
import { valuesPage } from "~/domain/lists/desk/itemQueries.server";
import { emptyProposal, latestProposal, proposeValue } from "~/domain/lists/desk/proposeValue.server";
import { ProposeValueForm } from "~/domain/lists/desk/valueSchemas";
import { afterConflict } from "~/http/afterConflict";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { filled, orBoth } from "~/http/edit.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ValueCard } from "~/ui/desk/ValueCard";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import { replyTo } from "~/ui/primitives/replyTo";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "desk.valuesTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    values: await Promise.all(
      (await valuesPage(ctx)).map(async (value) => ({
        ...value,
        form: filled(await emptyProposal(ctx, value.code)),
        requestKey: ctx.newId(),
      })),
    ),
    messages: messagesFor(ctx.locale, ["desk", "lists"]),
  }));

const Decided = z.object({ id: z.uuid() });

export const action = (args: RouteArgs) => {
  const done = (ctx: UseCaseContext, key: DoneKey) => doneAt(paths(ctx.locale).deskValues(), key);
  const decide = (key: DoneKey, work: (ctx: UseCaseContext, id: string) => Promise<void>) =>
    form(Decided, async (ctx, { id }) => {
      await work(ctx, id);
      return done(ctx, key);
    });
  return act(args, asOneOf("operator"), {
    default: form(ProposeValueForm, (ctx, input, form) =>
      orBoth(
        form,
        input,
        { save: (said) => proposeValue(ctx, said), stored: () => latestProposal(ctx, input.code) },
        () => done(ctx, "done.valueProposed"),
      ),
    ),
    approve: decide("done.valueApproved", approveValue),
    withdraw: decide("done.valueWithdrawn", withdrawValue),
  });
};

/** After a conflict the values are read anew: the other proposal stands among them. */
export const shouldRevalidate = afterConflict;

export default function Values() {
  const t = useT();
  const at = paths(useLocale());
  const { values } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  return (
    <Page
      title={t("desk.valuesTitle")}
      lead={t("desk.valuesLead")}
      crumbs={[{ label: t("desk.title"), to: at.listsDesk() }]}
    >
      {values.some(({ code }) => replyTo(reply, "code", code)) ? null : <FormErrors reply={reply} />}
      <ul className="mt-4 grid gap-5">
        {values.map(({ code, inForceId, history, form, requestKey }) => (
          <li key={code}>
            <ValueCard
              code={code}
              inForceId={inForceId}
              history={history}
              filled={form}
              requestKey={requestKey}
              reply={replyTo(reply, "code", code)}
            />
          </li>
        ))}
      </ul>
    </Page>
  );
}
