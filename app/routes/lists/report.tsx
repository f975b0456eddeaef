import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { limit } from "~/domain/kernel/limits.server";
import { reportItem } from "~/domain/lists/desk/reportItem.server";
import { ReportInput } from "~/domain/lists/desk/reportSchemas";
import { publishedItem } from "~/domain/lists/published.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { entryCodeFrom } from "~/http/ids.server";
import { listFrom } from "~/http/list.server";
import { form } from "~/http/pageForm.server";
import { oneOfInQuery } from "~/http/query.server";
import { anybody } from "~/http/who.server";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ReportForm } from "~/ui/desk/ReportForm";
import { LinkButton } from "~/ui/primitives/Button";
import { Page } from "~/ui/primitives/Page";
import { PhoneLine } from "~/ui/primitives/PhoneLine";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { useRoot } from "~/ui/shell/useRoot";

export const handle: PageHandle = { title: "reports.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { code, list, name, nameHant, nameEn } = await publishedItem(
      ctx.db,
      listFrom(args.params["list"]),
      entryCodeFrom(args),
    );
    return {
      code,
      list,
      names: { nameHans: name, nameHant, nameEn },
      isDone: oneOfInQuery(args.request, "done", ["yes"]) === "yes",
      days: await limit(ctx.db, ctx, "answerWorkingDays"),
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["reports", "lists"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, anybody, {
    default: form(ReportInput, async (ctx, input) => {
      const { code, list } = await publishedItem(ctx.db, listFrom(args.params["list"]), entryCodeFrom(args));
      await reportItem(ctx, { ...input, itemCode: code, clientAddress: args.context.clientAddress });
      return redirect(paths(ctx.locale).reportItem(list, code, "yes"));
    }),
  });

export default function Report() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const phone = useRoot()?.place.phoneLine ?? "";
  const { code, list, names, isDone, days, requestKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const crumbs = [{ label: t(`lists.${list}`), to: at.list(list) }];
  if (isDone) {
    return (
      <Page title={t("reports.doneTitle")} lead={t("reports.doneText", { days })} crumbs={crumbs}>
        <div className="flex flex-wrap items-center gap-4">
          <LinkButton to={at.list(list)}>{t("reports.back")}</LinkButton>
          <PhoneLine phone={phone} />
        </div>
      </Page>
    );
  }

  return (
    <Page title={t("reports.title")} lead={t("reports.lead")} crumbs={crumbs}>
      <p
        className="mb-5 font-semibold"
        lang={locale === "en" && names.nameEn === names.nameHans ? "zh-Hans" : undefined}
      >
        {t("reports.about", { name: nameIn(locale, names) })}
      </p>
      <ReportForm action={at.reportItem(list, code)} requestKey={requestKey} reply={reply} />
    </Page>
  );
}
