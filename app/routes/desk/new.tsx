import { useActionData, useLoaderData } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { addItem } from "~/domain/lists/desk/addItem.server";
import { itemChoices } from "~/domain/lists/desk/itemQueries.server";
import { AddItemInput } from "~/domain/lists/desk/itemSchemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LIST_NAMES } from "~/ui/desk/Browse";
import { ItemForm } from "~/ui/desk/ItemForm";
import { ChoiceField, TextField } from "~/ui/primitives/Field";
import { RequestKey } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "desk.newItem" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    choices: await itemChoices(ctx),
    requestKey: ctx.newId(),
    messages: messagesFor(ctx.locale, ["desk", "lists"]),
  }));

export const action = (args: RouteArgs) =>
  act(args, asOneOf("operator"), {
    default: form(AddItemInput, async (ctx, input) => {
      const { code } = await addItem(ctx, input);
      return doneAt(paths(ctx.locale).deskItem(code), "done.itemAdded");
    }),
  });

export default function NewItem() {
  const t = useT();
  const at = paths(useLocale());
  const { choices, requestKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  return (
    <Page title={t("desk.newItem")} crumbs={[{ label: t("desk.title"), to: at.listsDesk() }]}>
      <ItemForm choices={choices} reply={reply} button={t("desk.addItem")}>
        <RequestKey value={requestKey} reply={reply} />
        <ChoiceField
          name="list"
          label={t("desk.list")}
          columns={2}
          options={LIST_NAMES.map((list) => ({ value: list, label: t(`lists.${list}`) }))}
          reply={reply}
        />
        <TextField
          name="code"
          maxLength={LENGTHS.code}
          label={t("desk.code")}
          hint={t("desk.codeHint")}
          reply={reply}
        />
      </ItemForm>
    </Page>
  );
}
