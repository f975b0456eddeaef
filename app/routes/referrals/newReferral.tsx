import { useActionData, useLoaderData } from "@remix-run/react";
import { plainCode } from "~/domain/kernel/typed/code";
import { createReferral } from "~/domain/referrals/createReferral.server";
import { newReferralPage } from "~/domain/referrals/queries.server";
import { CreateReferralInput } from "~/domain/referrals/schemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idInQuery } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { inQuery } from "~/http/query.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "~/ui/primitives/Button";
import { EmptyState, Page } from "~/ui/primitives/Page";
import { NewReferralForm } from "~/ui/referrals/NewReferralForm";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "referrals.newTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const start = await newReferralPage(ctx, idInQuery(args, "household"), idInQuery(args, "instead"));
    const item = inQuery(
      args.request,
      "item",
      (typed) => start?.items.find(({ code }) => code === plainCode(typed))?.code,
    );
    return { start, item, requestKey: ctx.newId(), messages: messagesFor(ctx.locale, ["referrals"]) };
  });

export const action = (args: RouteArgs) =>
  act(args, asOneOf("caseworker"), {
    default: form(CreateReferralInput, async (ctx, input) => {
      const { referralId } = await createReferral(ctx, input);
      return doneAt(paths(ctx.locale).referral(referralId), "done.referralMade");
    }),
  });

export default function NewReferral() {
  const t = useT();
  const at = paths(useLocale());
  const { start, item, requestKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const lead = start ? `${t("referrals.household")} ${start.household.code}` : undefined;
  return (
    <Page
      title={t("referrals.newTitle")}
      lead={lead}
      crumbs={[{ label: t("referrals.title"), to: at.referrals() }]}
    >
      {start ? (
        <NewReferralForm start={start} item={item} requestKey={requestKey} reply={reply} />
      ) : (
        <EmptyState
          title={t("referrals.chooseHousehold")}
          action={<LinkButton to={at.referrals()}>{t("referrals.seeAll")}</LinkButton>}
        />
      )}
    </Page>
  );
}
