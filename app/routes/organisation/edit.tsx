import { useActionData, useLoaderData } from "@remix-run/react";
import { editOrganisationNeed } from "~/domain/needs/draftOrganisationNeed.server";
import { editableOrganisations, organisationNeedValues } from "~/domain/needs/organisationNeedQueries.server";
import { OrganisationNeedInput } from "~/domain/needs/organisationNeedSchemas";
import { SeenInput } from "~/domain/needs/schemas";
import { keepUnfinished } from "~/domain/needs/unfinished.server";
import { formNames } from "~/domain/reference/queries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { draftForm, whatIsMissing } from "~/http/draft.server";
import { filled, saveEdit } from "~/http/edit.server";
import { idFrom } from "~/http/ids.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { OrganisationNeedFields } from "~/ui/organisation/OrganisationNeedForm";
import { TextLink } from "~/ui/primitives/Button";
import { EditForm } from "~/ui/primitives/EditForm";
import { Notice, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "organisations.edit" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const id = idFrom(args, "id");
    const draft = await organisationNeedValues(ctx, id);
    const own = await editableOrganisations(ctx);
    const requestKey = ctx.newId();
    const asksWhatIsMissing = new URL(args.request.url).searchParams.has("missing");
    return {
      id,
      form: filled(draft),
      isOpen: draft.isOpen,
      missing: asksWhatIsMissing
        ? whatIsMissing({ ...draft.values, requestKey }, OrganisationNeedInput)
        : undefined,
      title: String(draft.values["title"] ?? ""),
      organisations: own.filter((organisation) => organisation.id === draft.values["organisationId"]),
      names: await formNames(ctx),
      requestKey,
      messages: messagesFor(ctx.locale, ["organisations", "intake"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, asOneOf("org_editor", "org_manager"), {
    default: draftForm(SeenInput, OrganisationNeedInput, (ctx, opened, draft, typed) => {
      const id = idFrom(args, "id");
      return saveEdit(
        typed,
        opened,
        {
          save: ({ version }) =>
            "unfinished" in draft
              ? keepUnfinished(ctx, id, { typed: draft.unfinished, version })
              : editOrganisationNeed(ctx, id, { ...draft.whole, version }),
          stored: () => organisationNeedValues(ctx, id),
        },
        () => doneAt(paths(ctx.locale).organisationNeed(id), "done.organisationNeedDrafted"),
      );
    }),
  });

export default function EditOrganisationNeed() {
  const t = useT();
  const at = paths(useLocale());
  const { id, form, isOpen, missing, title, ...page } = useLoaderData<typeof loader>();
  const crumbs = [
    { label: t("organisations.homeTitle"), to: at.organisation() },
    { label: title || t("intake.noTitleYet"), to: at.organisationNeed(id) },
  ];
  return (
    <Page title={t("organisations.edit")} crumbs={crumbs}>
      {isOpen ? null : (
        <Notice tone="wait">
          {t("intake.noLongerDraft")} <TextLink to={at.organisationNeed(id)}>{t("intake.seeWish")}</TextLink>
        </Notice>
      )}
      <EditForm filled={form} reply={useActionData<typeof action>()?.reply ?? missing} className="grid gap-8">
        {(kept) => <OrganisationNeedFields {...page} kept={kept} />}
      </EditForm>
    </Page>
  );
}
