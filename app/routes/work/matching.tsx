import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { readPoints } from "~/domain/directory/queries.server";
import { decideAllocation, proposeAllocation } from "~/domain/matching/allocate.server";
import { decideOffer } from "~/domain/matching/offers.server";
import { matchingPage } from "~/domain/matching/queries.server";
import { ProposeInput } from "~/domain/matching/schemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { replyOf } from "~/http/reply";
import { messagesFor } from "~/i18n/messages.server";
import { useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { FormErrors } from "~/ui/primitives/FormParts";
import { AskFirst } from "~/ui/primitives/AskFirst";
import { Button } from "~/ui/primitives/Button";
import { Card, EmptyState, Page, Section } from "~/ui/primitives/Page";
import { LotCard } from "~/ui/matching/LotCard";
import { OfferCard } from "~/ui/matching/OfferCard";
import { Reasons } from "~/ui/matching/Reasons";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await matchingPage(ctx)),
    points: (await readPoints(ctx.db)).map(({ point }) => point),
    keys: Array.from({ length: 50 }, () => ctx.newId()),
    messages: messagesFor(ctx.locale, ["matching", "wishes"]),
  }));

export const action = (args: RouteArgs) => {
  const done = (ctx: { locale: Parameters<typeof paths>[0] }, key: DoneKey) => doneAt(paths(ctx.locale).matching(), key);
  return act(
    args,
    ProposeInput,
    async (ctx, input) => {
      await proposeAllocation(ctx, input);
      return done(ctx, "done.matchProposed");
    },
    {
      accept: async (ctx, form) => {
        await decideOffer(ctx, String(form.get("offerId")), { accept: true, pointId: String(form.get("pointId")) });
        return done(ctx, "done.offerAccepted");
      },
      decline: async (ctx, form) => {
        await decideOffer(ctx, String(form.get("offerId")), { accept: false, reason: String(form.get("reason")) });
        return done(ctx, "done.offerDeclined");
      },
      approve: async (ctx, form) => {
        await decideAllocation(ctx, String(form.get("allocationId")), "approve");
        return done(ctx, "done.matchApproved");
      },
      reject: async (ctx, form) => {
        await decideAllocation(ctx, String(form.get("allocationId")), "reject");
        return done(ctx, "done.matchRejected");
      },
    },
  );
};

export default function Matching() {
  const t = useT();
  const { offers, lots, proposed, points, keys } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  return (
    <Page title={t("matching.title")} lead={t("matching.lead")}>
      <FormErrors reply={reply} />
      <Section title={t("matching.offers")}>
        {offers.length === 0 ? <EmptyState title={t("matching.noOffers")} /> : null}
        <ul className="grid gap-4">
          {offers.map((row) => (
            <OfferCard key={row.offer.id} row={row} points={points} />
          ))}
        </ul>
      </Section>
      <Section title={t("matching.freeLots")}>
        {lots.length === 0 ? <EmptyState title={t("matching.noLots")} /> : null}
        <ul className="grid gap-4">
          {lots.map((row, index) => (
            <LotCard key={row.lot.id} row={row} requestKey={keys[index] ?? ""} />
          ))}
        </ul>
      </Section>
      <Section title={t("matching.proposed")}>
        {proposed.length === 0 ? <EmptyState title={t("common.none")} /> : null}
        <ul className="grid gap-4">
          {proposed.map((row) => (
            <li key={row.allocation.id}>
              <Card>
                <p className="font-semibold" lang="zh-Hans">
                  {row.label} → {row.needCode} · {row.item} × {String(row.allocation.quantity)}
                </p>
                <Reasons reasons={row.allocation.reasons} score={row.allocation.score} />
                {row.mine ? null : (
                  <Form method="post" className="mt-3 flex gap-3">
                    <input type="hidden" name="allocationId" value={row.allocation.id} />
                    <Button name="intent" value="approve">
                      {t("matching.approve")}
                    </Button>
                    <AskFirst name="intent" value="reject" label={t("matching.reject")} says={t("matching.rejectSays")} />
                  </Form>
                )}
              </Card>
            </li>
          ))}
        </ul>
      </Section>
    </Page>
  );
}
