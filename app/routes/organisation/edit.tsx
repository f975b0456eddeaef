import { useActionData, useLoaderData } from "@remix-run/react";
import { formNames } from "~/domain/directory/queries.server";
import { editProject } from "~/domain/needs/draftProject.server";
import { editableOrganisations, projectValues } from "~/domain/needs/projectQueries.server";
import { ProjectInput } from "~/domain/needs/projectSchemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { replyOf } from "~/http/reply";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ProjectForm } from "~/ui/organisation/ProjectForm";
import { Page } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const id = idFrom(args, "id");
    const values = await projectValues(ctx, id);
    const own = await editableOrganisations(ctx);
    return {
      id,
      values,
      organisations: own.filter((organisation) => organisation.id === values["organisationId"]),
      names: await formNames(ctx.db),
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["organisations", "intake"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, ProjectInput, async (ctx, input) => {
    const id = idFrom(args, "id");
    await editProject(ctx, id, input);
    return doneAt(paths(ctx.locale).project(id), "done.saved");
  });

export default function EditProject() {
  const t = useT();
  const at = paths(useLocale());
  const { id, ...page } = useLoaderData<typeof loader>();
  const crumbs = [
    { label: t("organisations.homeTitle"), to: at.organisation() },
    { label: page.values["title"] ?? "", to: at.project(id) },
  ];
  return (
    <Page title={t("organisations.edit")} crumbs={crumbs}>
      <ProjectForm {...page} reply={replyOf(useActionData<typeof action>())} />
    </Page>
  );
}
