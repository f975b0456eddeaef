import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import { scopeIds } from "~/domain/kernel/actor";
import { DomainError } from "~/domain/kernel/errors";
import { formNames } from "~/domain/directory/queries.server";
import { editDraft } from "~/domain/needs/draftWish.server";
import { draftValues } from "~/domain/needs/draftValues.server";
import { KnownWishInput, WishInput } from "~/domain/needs/schemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { replyOf } from "~/http/reply";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { WishForm } from "~/ui/intake/WishForm";
import { Page } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    if (ctx.actor.kind === "visitor") throw new DomainError("SIGN_IN_NEEDED");
    return {
      ...(await draftValues(ctx, args.params["id"] ?? "")),
      names: await formNames(ctx.db),
      townCodes: scopeIds(ctx.actor, "caseworker"),
      now: localInput(ctx.now()),
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["intake", "wishes", "households"]),
    };
  });

/** Whom a wish is for is in the form only where the household has no other. */
const formOfDraft = (typed: FormData): z.ZodType<WishInput | KnownWishInput> => (typed.has("household.townCode") ? WishInput : KnownWishInput);

export const action = (args: RouteArgs) =>
  act(args, formOfDraft, async (ctx, input) => {
    const id = args.params["id"] ?? "";
    await editDraft(ctx, id, input);
    return doneAt(paths(ctx.locale).fieldWish(id), "done.wishDrafted");
  });

export default function EditWish() {
  const t = useT();
  const at = paths(useLocale());
  const data = useLoaderData<typeof loader>();
  return (
    <Page title={t("intake.editWish")} crumbs={[{ label: t("intake.homeTitle"), to: at.field() }]}>
      <WishForm {...data} reply={replyOf(useActionData<typeof action>())} />
    </Page>
  );
}
