import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { RequestKey } from "~/domain/kernel/requestKey";
import { draftAnotherWish, draftWish } from "~/domain/needs/draftWish.server";
import { knownHousehold } from "~/domain/needs/knownHousehold.server";
import { KnownWishInput, WishInput } from "~/domain/needs/schemas";
import { startUnfinished } from "~/domain/needs/unfinished.server";
import { formNames } from "~/domain/reference/queries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { draftForm } from "~/http/draft.server";
import { idInQuery } from "~/http/ids.server";
import { asOneOf } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { WishForm } from "~/ui/intake/WishForm";
import { TextLink } from "~/ui/primitives/Button";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "intake.newWish" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const townCodes = scopeIds(ctx.actor, "caseworker");
    if (ctx.actor.kind === "visitor") throw new DomainError("SIGN_IN_NEEDED");
    if (townCodes.length === 0) throw new DomainError("NOT_ALLOWED");
    const householdId = idInQuery(args, "household");
    return {
      known: householdId === undefined ? undefined : await knownHousehold(ctx, householdId),
      names: await formNames(ctx),
      townCodes,
      now: localInput(ctx.now()),
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["intake", "wishes", "households"]),
    };
  });

export const action = (args: RouteArgs) => {
  const householdId = idInQuery(args, "household");
  const whole = householdId === undefined ? WishInput : KnownWishInput;
  return act(args, asOneOf("caseworker"), {
    default: draftForm(z.object({ requestKey: RequestKey }), whole, async (ctx, { requestKey }, draft) => {
      const { needId } =
        "unfinished" in draft
          ? await startUnfinished(ctx, { kind: "wish", householdId, typed: draft.unfinished, requestKey })
          : await begin(ctx, householdId, draft.whole);
      return doneAt(paths(ctx.locale).fieldWish(needId), "done.wishDrafted");
    }),
  });
};

function begin(ctx: UseCaseContext, householdId: string | undefined, input: WishInput | KnownWishInput) {
  if (householdId !== undefined) return draftAnotherWish(ctx, householdId, input);
  if ("household" in input) return draftWish(ctx, input);
  throw new DomainError("NOT_FOUND");
}

export default function NewWish() {
  const t = useT();
  const at = paths(useLocale());
  const page = useLoaderData<typeof loader>();
  return (
    <Page
      title={t(page.known ? "intake.anotherWish" : "intake.newWish")}
      lead={t("intake.newLead")}
      crumbs={[{ label: t("intake.homeTitle"), to: at.field() }]}
    >
      {page.known ? null : (
        <p className="mb-6">
          <TextLink to={at.requests()}>{t("intake.findKnown")}</TextLink>
        </p>
      )}
      <WishForm {...page} reply={useActionData<typeof action>()?.reply} />
    </Page>
  );
}
