import { useActionData, useLoaderData } from "@remix-run/react";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { answerReport } from "~/domain/lists/desk/answerReport.server";
import { editItem } from "~/domain/lists/desk/editItem.server";
import { deskItemPage, itemChoices } from "~/domain/lists/desk/itemQueries.server";
import { EditItemInput } from "~/domain/lists/desk/itemSchemas";
import { AnswerReportInput } from "~/domain/lists/desk/reportSchemas";
import { checkItem, publishItem, retireItem, takeIntoFinder } from "~/domain/lists/desk/standItem.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { filled, saveEdit } from "~/http/edit.server";
import { entryCodeFrom } from "~/http/ids.server";
import { button, form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ItemFields } from "~/ui/desk/ItemForm";
import { ItemHistory } from "~/ui/desk/ItemHistory";
import { ItemName } from "~/ui/desk/ItemName";
import { ItemStanding, NotInFinder, RetireForm } from "~/ui/desk/ItemStanding";
import { ReportCard } from "~/ui/desk/ReportCard";
import { LinkButton } from "~/ui/primitives/Button";
import { EditForm } from "~/ui/primitives/EditForm";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, Page, Section, Tag } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "desk.title" };

const codeOf = (args: RouteArgs) => entryCodeFrom(args);

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const page = await deskItemPage(ctx, codeOf(args));
    return {
      ...page,
      form: filled(page.stored),
      choices: await itemChoices(ctx),
      messages: messagesFor(ctx.locale, ["desk", "lists", "reports"]),
    };
  });

export const action = (args: RouteArgs) => {
  const code = codeOf(args);
  const done = (ctx: UseCaseContext, key: DoneKey) => doneAt(paths(ctx.locale).deskItem(code), key);
  const step = (key: DoneKey, work: (ctx: UseCaseContext, code: string) => Promise<void>) =>
    button(async (ctx) => {
      await work(ctx, code);
      return done(ctx, key);
    });

  return act(args, asOneOf("operator"), {
    default: form(EditItemInput, (ctx, input, typed) =>
      saveEdit(
        typed,
        input,
        {
          save: (said) => editItem(ctx, code, said),
          stored: async () => (await deskItemPage(ctx, code)).stored,
        },
        () => done(ctx, "done.itemSaved"),
      ),
    ),
    check: step("done.itemChecked", checkItem),
    publish: step("done.itemPublished", publishItem),
    retire: step("done.itemRetired", retireItem),
    take_in: step("done.itemTakenIn", takeIntoFinder),
    answer: form(AnswerReportInput, async (ctx, input) => {
      await answerReport(ctx, input);
      return done(ctx, "done.reportSettled");
    }),
  });
};

export default function DeskItem() {
  const t = useT();
  const at = paths(useLocale());
  const { item, form, choices, reports, rule, openRule, history, ...standing } =
    useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const ofForm = reply && "name" in reply.values ? reply : undefined;
  const title = <ItemName item={{ ...item, nameHans: item.name }} />;
  return (
    <Page
      title={title}
      lead={t(`lists.${item.list}`)}
      crumbs={[{ label: t("desk.title"), to: at.listsDesk() }]}
    >
      {ofForm ? null : <FormErrors reply={reply} />}
      <ItemStanding state={item.state} checkedAt={item.checkedAt} {...standing} />
      {item.inFinder || item.state === "retired" ? null : <NotInFinder />}
      {reports.length > 0 ? (
        <Section title={t("desk.reports")}>
          <ul className="grid gap-4">
            {reports.map((report) => (
              <li key={report.id}>
                <ReportCard report={report} withItem={false} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={t("desk.ruleOfItem")}>
        <Card className="flex flex-wrap items-center justify-between gap-3">
          <div>
            <p className="font-semibold">{rule ? t(`desk.kind_${rule.kind}`) : t("desk.noEdition")}</p>
            {openRule ? <Tag tone="wait">{t("desk.openRule", { n: openRule.edition })}</Tag> : null}
          </div>
          <LinkButton look="secondary" to={at.deskRule(item.code)}>
            {t("desk.seeRule")}
          </LinkButton>
        </Card>
      </Section>
      {item.state === "retired" ? null : (
        <div className="mt-10">
          <EditForm filled={form} reply={ofForm} className="grid gap-8">
            {(kept) => <ItemFields choices={choices} kept={kept} button={t("desk.save")} />}
          </EditForm>
        </div>
      )}
      <Section title={t("desk.history")}>
        <ItemHistory steps={history} />
      </Section>
      {item.state === "retired" ? null : <RetireForm />}
    </Page>
  );
}
