import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { RequestKey } from "~/domain/kernel/requestKey";
import { draftOrganisationNeed } from "~/domain/needs/draftOrganisationNeed.server";
import { editableOrganisations } from "~/domain/needs/organisationNeedQueries.server";
import { OrganisationNeedInput } from "~/domain/needs/organisationNeedSchemas";
import { startUnfinished } from "~/domain/needs/unfinished.server";
import { formNames } from "~/domain/reference/queries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { draftForm } from "~/http/draft.server";
import { asOneOf } from "~/http/who.server";
import { say } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { OrganisationNeedForm } from "~/ui/organisation/OrganisationNeedForm";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "organisations.new" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    organisations: await editableOrganisations(ctx),
    names: await formNames(ctx),
    requestKey: ctx.newId(),
    messages: messagesFor(ctx.locale, ["organisations", "intake"]),
  }));

const Begun = z.object({
  requestKey: RequestKey,
  organisationId: z.uuid({ error: say("common.pleaseChoose") }),
});

export const action = (args: RouteArgs) =>
  act(args, asOneOf("org_editor", "org_manager"), {
    default: draftForm(Begun, OrganisationNeedInput, async (ctx, { requestKey, organisationId }, draft) => {
      const { needId } =
        "unfinished" in draft
          ? await startUnfinished(ctx, {
              kind: "organisation_need",
              organisationId,
              typed: draft.unfinished,
              requestKey,
            })
          : await draftOrganisationNeed(ctx, draft.whole);
      return doneAt(paths(ctx.locale).organisationNeed(needId), "done.organisationNeedDrafted");
    }),
  });

export default function NewOrganisationNeed() {
  const t = useT();
  const at = paths(useLocale());
  const page = useLoaderData<typeof loader>();
  return (
    <Page
      title={t("organisations.new")}
      crumbs={[{ label: t("organisations.homeTitle"), to: at.organisation() }]}
    >
      <OrganisationNeedForm {...page} reply={useActionData<typeof action>()?.reply} />
    </Page>
  );
}
