import { useActionData, useLoaderData } from "@remix-run/react";
import { scopeIds } from "~/domain/kernel/actor";
import { DomainError } from "~/domain/kernel/errors";
import { isNameIn } from "~/domain/kernel/own";
import { draftValues } from "~/domain/needs/draftValues.server";
import { editDraft } from "~/domain/needs/draftWish.server";
import { KnownWishInput, SeenInput, WishInput } from "~/domain/needs/schemas";
import { keepUnfinished } from "~/domain/needs/unfinished.server";
import { formNames } from "~/domain/reference/queries.server";
import { afterConflict } from "~/http/afterConflict";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { draftForm, whatIsMissing } from "~/http/draft.server";
import { filled, saveEdit } from "~/http/edit.server";
import { idFrom } from "~/http/ids.server";
import type { TypedValues } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { WishFields } from "~/ui/intake/WishForm";
import { TextLink } from "~/ui/primitives/Button";
import { EditForm } from "~/ui/primitives/EditForm";
import { Notice, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "intake.editWish" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    if (ctx.actor.kind === "visitor") throw new DomainError("SIGN_IN_NEEDED");
    const id = idFrom(args, "id");
    const draft = await draftValues(ctx, id);
    const requestKey = ctx.newId();
    const asksWhatIsMissing = new URL(args.request.url).searchParams.has("missing");
    return {
      id,
      known: draft.known,
      isOpen: draft.isOpen,
      form: filled(draft),
      missing: asksWhatIsMissing
        ? whatIsMissing({ ...draft.values, requestKey }, draft.known ? KnownWishInput : WishInput)
        : undefined,
      names: await formNames(ctx),
      townCodes: scopeIds(ctx.actor, "caseworker"),
      now: localInput(ctx.now()),
      requestKey,
      messages: messagesFor(ctx.locale, ["intake", "wishes", "households"]),
    };
  });

/** Whom a wish is for is in the form only where the household has no other. */
const formOfDraft = (typed: TypedValues) =>
  isNameIn(typed, "household.townCode") ? WishInput : KnownWishInput;

export const shouldRevalidate = afterConflict;

export const action = (args: RouteArgs) =>
  act(args, asOneOf("caseworker"), {
    default: draftForm(SeenInput, formOfDraft, (ctx, opened, draft, typed) => {
      const id = idFrom(args, "id");
      return saveEdit(
        typed,
        opened,
        {
          save: ({ version }) =>
            "unfinished" in draft
              ? keepUnfinished(ctx, id, { typed: draft.unfinished, version })
              : editDraft(ctx, id, { ...draft.whole, version }),
          stored: () => draftValues(ctx, id),
        },
        () => doneAt(paths(ctx.locale).fieldWish(id), "done.wishDrafted"),
      );
    }),
  });

export default function EditWish() {
  const t = useT();
  const at = paths(useLocale());
  const { id, form, isOpen, missing, ...page } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply ?? missing;
  return (
    <Page title={t("intake.editWish")} crumbs={[{ label: t("intake.homeTitle"), to: at.field() }]}>
      {isOpen ? null : (
        <Notice tone="wait">
          {t("intake.noLongerDraft")} <TextLink to={at.fieldWish(id)}>{t("intake.seeWish")}</TextLink>
        </Notice>
      )}
      <EditForm filled={form} reply={reply} className="grid gap-10">
        {(kept) => <WishFields {...page} kept={kept} />}
      </EditForm>
    </Page>
  );
}
