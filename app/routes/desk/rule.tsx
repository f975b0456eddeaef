import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { approveRule, testRule, withdrawRule } from "~/domain/lists/desk/approveRule.server";
import { rulePage } from "~/domain/lists/desk/itemQueries.server";
import { previewRule } from "~/domain/lists/desk/previewRule.server";
import { EDITING_STEPS, readFact, readPlace } from "~/domain/lists/desk/ruleEditing";
import { ApproveRuleInput, TestRuleInput } from "~/domain/lists/desk/ruleSchemas";
import { startRule } from "~/domain/lists/desk/startRule.server";
import type { RuleBody } from "~/domain/rules/ruleShape";
import { afterConflict } from "~/http/afterConflict";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { entryCodeFrom } from "~/http/ids.server";
import { form, NothingTyped } from "~/http/pageForm.server";
import { inQuery, oneOfInQuery, oneWordOf } from "~/http/query.server";
import { ruleEdits } from "~/http/ruleEdits.server";
import { asOneOf } from "~/http/who.server";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { RuleEditions } from "~/ui/desk/RuleEditions";
import { RuleInDraft } from "~/ui/desk/RuleInDraft";
import { ValuesOfToday } from "~/ui/desk/ruleSay";
import { StartRule } from "~/ui/desk/StartRule";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "ruleDesk.ruleTitle" };

const codeOf = (args: RouteArgs) => entryCodeFrom(args);

/** Which form of the draft's editor the address opens: at which place, to do what, about which fact. */
function editingOf({ request }: RouteArgs, body: RuleBody | undefined) {
  const rule = body?.kind === "rule" ? body.rule : undefined;
  const at = inQuery(request, "at", (typed) => (body ? readPlace(rule, typed) : undefined));
  const step = inQuery(request, "do", (typed) =>
    at === undefined ? undefined : oneWordOf(EDITING_STEPS).read(typed),
  );
  const fact = inQuery(request, "fact", (typed) =>
    at === undefined ? undefined : readFact(rule, at, typed),
  );
  return { at, step, fact };
}

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const code = codeOf(args);
    const page = await rulePage(ctx, code);
    const isAsked = oneOfInQuery(args.request, "preview", ["yes"]) === "yes";
    const preview = isAsked && page.draft ? await previewRule(ctx, code, page.draft.body) : undefined;
    return {
      ...page,
      preview,
      editing: editingOf(args, page.draft?.body),
      messages: messagesFor(ctx.locale, ["desk", "ruleDesk", "facts", "lists"]),
    };
  });

/** After a conflict the draft is shown as it is now: the places in it are those that are meant. */
export const shouldRevalidate = afterConflict;

export const action = (args: RouteArgs) => {
  const code = codeOf(args);
  const then = <S extends z.ZodType>(
    schema: S,
    key: DoneKey,
    work: (ctx: UseCaseContext, code: string, input: z.output<S>) => Promise<void>,
  ) =>
    form(schema, async (ctx, input) => {
      await work(ctx, code, input);
      return doneAt(paths(ctx.locale).deskRule(code), key);
    });
  return act(args, asOneOf("operator"), {
    ...ruleEdits(code),
    start: then(NothingTyped, "done.ruleStarted", startRule),
    test: then(TestRuleInput, "done.ruleTested", testRule),
    approve: then(ApproveRuleInput, "done.ruleApproved", approveRule),
    withdraw: then(TestRuleInput, "done.ruleWithdrawn", withdrawRule),
  });
};

export default function DeskRule() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const page = useLoaderData<typeof loader>();
  const { item, parameters, inForce, coming, draft, run } = page;
  const reply = useActionData<typeof action>()?.reply;
  const decides = ["start", "test", "approve", "withdraw"].includes(String(reply?.values["intent"]));
  const crumbs = [
    { label: t("desk.title"), to: at.listsDesk() },
    {
      label: nameIn(locale, { nameHans: item.name, nameHant: item.nameHant, nameEn: item.nameEn }),
      to: at.deskItem(item.code),
    },
  ];
  return (
    <Page title={t("ruleDesk.ruleTitle")} lead={t("ruleDesk.ruleLead")} crumbs={crumbs}>
      <ValuesOfToday value={parameters}>
        {decides || !draft ? <FormErrors reply={reply} /> : null}
        <Card>
          <p lang="zh-Hans">{item.targetGroup}</p>
        </Card>
        <RuleEditions inForce={inForce} coming={coming} parameters={parameters} />
        {draft ? (
          <RuleInDraft {...page} code={item.code} draft={draft} decides={decides} reply={reply} />
        ) : (
          <StartRule inForce={inForce} run={run} />
        )}
      </ValuesOfToday>
    </Page>
  );
}
