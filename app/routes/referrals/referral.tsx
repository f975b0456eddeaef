import { useActionData, useLoaderData } from "@remix-run/react";
import { openRecord } from "~/domain/households/openRecord.server";
import { actOnReferral } from "~/domain/referrals/actOnReferral.server";
import { isReferralKey } from "~/domain/referrals/lists.server";
import { referralPage } from "~/domain/referrals/queries.server";
import { ReferralActInput } from "~/domain/referrals/schemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { momentIntent } from "~/http/corrections.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { button, form } from "~/http/pageForm.server";
import { oneOfInQuery } from "~/http/query.server";
import { queuePlace } from "~/http/queueFilter.server";
import { staff } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Corrections } from "~/ui/moments/Corrections";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page, Section } from "~/ui/primitives/Page";
import { isSaidBelow } from "~/ui/referrals/ActForm";
import { Departments } from "~/ui/referrals/Departments";
import { FollowUp } from "~/ui/referrals/FollowUp";
import { NextSteps } from "~/ui/referrals/NextSteps";
import { ReferralFacts } from "~/ui/referrals/ReferralFacts";
import { ReferralMoments } from "~/ui/referrals/ReferralMoments";
import { ReferralWay } from "~/ui/referrals/ReferralWay";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "referrals.title" };

/** The place in the list from which it was opened. */
const placeIn = ({ request }: RouteArgs) => ({
  view: oneOfInQuery(request, "view", ["all", "joint"]),
  ...queuePlace(request, isReferralKey),
});

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    place: placeIn(args),
    shown: await referralPage(ctx, idFrom(args, "id")),
    now: localInput(ctx.now()),
    momentKey: ctx.newId(),
    messages: messagesFor(ctx.locale, ["referrals", "moments", "sheet", "households", "identity"]),
  }));

export const action = (args: RouteArgs) => {
  const back = (ctx: Parameters<typeof referralPage>[0], key: DoneKey) =>
    doneAt(paths(ctx.locale).referral(idFrom(args, "id"), placeIn(args)), key);
  return act(args, staff, {
    default: form(ReferralActInput, async (ctx, input) => {
      await actOnReferral(ctx, input);
      return back(ctx, "done.referralStepped");
    }),
    ...momentIntent((at) => at.referral(idFrom(args, "id"), placeIn(args))),
    open: button(async (ctx) => {
      const { household } = await referralPage(ctx, idFrom(args, "id"));
      await openRecord(ctx, { householdId: household.id, reason: "entitlements" });
      return back(ctx, "done.recordOpened");
    }),
  });
};

export default function Referral() {
  const t = useT();
  const at = paths(useLocale());
  const { place, shown, now, momentKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const { referral, item, followUp, may } = shown;
  const list = may.followUp
    ? { label: t("referrals.title"), to: at.referrals({ town: place.town, after: place.after }) }
    : { label: t("referrals.cityTitle"), to: at.cityReferrals(place) };
  return (
    <Page
      title={item?.name ?? t("referrals.joint")}
      lead={t("referrals.one", { code: referral.code })}
      crumbs={[list]}
    >
      {isSaidBelow(shown, reply) ? null : <FormErrors reply={reply} />}
      <ReferralFacts shown={shown} />
      {followUp ? <FollowUp followUp={followUp} mayClose={may.followUp} now={now} reply={reply} /> : null}
      {referral.itemCode === null ? <Departments shown={shown} now={now} reply={reply} /> : null}
      {referral.dueAt !== null && may.record ? <NextSteps shown={shown} now={now} reply={reply} /> : null}
      <Section title={t("referrals.way")}>
        <ReferralWay referral={referral} steps={shown.steps} />
        <Corrections of={shown.corrections} />
        <ReferralMoments shown={shown} now={now} requestKey={momentKey} reply={reply} />
      </Section>
    </Page>
  );
}
