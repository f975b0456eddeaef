import { Form, useActionData } from "@remix-run/react";
import { z } from "zod";
import { importLists, type ImportListsAnswer } from "~/domain/directory/keeping/importLists.server";
import { requireKeeper } from "~/domain/directory/keeping/keeper.server";
import { readRows } from "~/domain/kernel/sheet.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { replyOf } from "~/http/reply";
import { messagesFor } from "~/i18n/messages.server";
import { say } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LIST_NAMES } from "~/ui/desk/Browse";
import { ImportAnswer } from "~/ui/desk/ImportAnswer";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page, Section } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, (ctx) => {
    requireKeeper(ctx);
    return Promise.resolve({ messages: messagesFor(ctx.locale, ["desk", "lists"]) });
  });

const Input = z.object({ write: z.literal("yes").optional(), file: z.instanceof(File, { error: say("common.pleaseChoose") }) });

export const action = (args: RouteArgs) =>
  act(args, Input, async (ctx, { write, file }) => {
    requireKeeper(ctx);
    const rows = await readRows({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    return { answer: await importLists(ctx, { rows, write: write === "yes" }) };
  });

const answerOf = (data: unknown) => (typeof data === "object" && data !== null && "answer" in data ? (data.answer as ImportListsAnswer) : undefined);

export default function Files() {
  const t = useT();
  const at = paths(useLocale());
  const data = useActionData<typeof action>();
  const answer = answerOf(data);
  const reply = replyOf(data);
  return (
    <Page title={t("desk.importTitle")} lead={t("desk.importLead")} crumbs={[{ label: t("desk.title"), to: at.listsDesk() }]}>
      <Section title={t("desk.importWhole")}>
        <Form method="post" encType="multipart/form-data" className="grid gap-5">
          <FormErrors reply={reply} />
          <TextField name="file" type="file" label={t("desk.importFile")} hint={t("desk.importFileHint")} accept=".csv,.xlsx" reply={reply} />
          <div className="flex flex-wrap gap-3">
            <Button>{t("desk.dryRun")}</Button>
            <Button look="secondary" name="write" value="yes">
              {t("desk.importAll")}
            </Button>
          </div>
        </Form>
        {answer ? (
          <div className="mt-5">
            <ImportAnswer answer={answer} />
          </div>
        ) : null}
      </Section>
      <Section title={t("desk.exportTitle")}>
        <ul className="grid gap-3 sm:grid-cols-2 elder:grid-cols-1">
          {LIST_NAMES.flatMap((list) => [
            <li key={`${list}.csv`}>
              <LinkButton look="secondary" wide reloadDocument to={at.listsCsv(list)}>
                {t("desk.exportCsv", { list: t(`lists.${list}`) })}
              </LinkButton>
            </li>,
            <li key={`${list}.xlsx`}>
              <LinkButton look="secondary" wide reloadDocument to={at.listsXlsx(list)}>
                {t("desk.exportXlsx", { list: t(`lists.${list}`) })}
              </LinkButton>
            </li>,
          ])}
        </ul>
      </Section>
    </Page>
  );
}
