import { useActionData, useLoaderData } from "@remix-run/react";
import { waitingCorrections } from "~/domain/delivery/correctionQueries.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { decideAllocation, proposeAllocation, withdrawAllocation } from "~/domain/matching/allocate.server";
import { approveMany, proposeMany } from "~/domain/matching/manyAtOnce.server";
import { decideOffer } from "~/domain/matching/offers.server";
import { lotToMatch, matchingPage } from "~/domain/matching/queries.server";
import {
  AcceptOfferInput,
  DecideAllocationInput,
  DecideManyInput,
  DeclineOfferInput,
  ProposeInput,
  ProposeManyInput,
} from "~/domain/matching/schemas";
import { readPoints } from "~/domain/reference/queries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { correctionIntents } from "~/http/corrections.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { idInQuery } from "~/http/ids.server";
import { askedMatches, manyMatched, matchNames, matchPlace } from "~/http/matchFilter.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { DeskLists } from "~/ui/matching/DeskLists";
import { MatchChips } from "~/ui/matching/MatchChips";
import { MatchFilters } from "~/ui/matching/MatchFilters";
import { OneLot } from "~/ui/matching/OneLot";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "matching.title" };

/** Each proposal's form has a request key of its own: two lines of one lot are two requests. */
const withKeys = <Candidate extends object>(ctx: UseCaseContext, candidates: readonly Candidate[]) =>
  candidates.map((candidate) => ({ ...candidate, requestKey: ctx.newId() }));

/**
 * One lot with everybody it could serve, where the desk was asked for it; else the desk, with the pairs that
 * it chose beforehand.
 */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const at = paths(ctx.locale);
    const messages = messagesFor(ctx.locale, ["matching", "wishes", "store"]);
    const lotId = idInQuery(args, "lot");
    const one = lotId === undefined ? undefined : await lotToMatch(ctx, lotId, idInQuery(args, "after"));
    const here = matchPlace(args);
    if (one)
      return {
        desk: undefined,
        one: {
          ...one,
          candidates: withKeys(ctx, one.candidates),
          next: one.next && at.matching({ ...here, lot: one.lot.id, after: one.next }),
          back: at.matching(here),
        },
        messages,
      };
    const names = await matchNames(ctx);
    const filter = askedMatches(args, names);
    const place = {
      offersAfter: idInQuery(args, "offers"),
      lotsAfter: idInQuery(args, "lots"),
      proposedAfter: idInQuery(args, "proposed"),
      waitingAfter: idInQuery(args, "waiting"),
    };
    const { offers, coming, lots, waiting, proposed } = await matchingPage(ctx, place, filter);
    const onTo = (name: string, next: string | undefined) =>
      next === undefined ? undefined : at.matching({ ...filter, [name]: next });
    const desk = {
      now: ctx.now(),
      filter,
      names,
      offers: offers.rows,
      coming,
      lots: lots.rows.map(({ candidates, more: _more, pairs, ...row }) => ({
        ...row,
        pairs: withKeys(ctx, pairs),
        moreAt: candidates.length > 0 ? at.matching({ ...here, lot: row.lot.id }) : undefined,
      })),
      waiting: waiting.rows,
      proposed: proposed.rows,
      corrections: await waitingCorrections(ctx),
      moreOffers: onTo("offers", offers.next),
      moreLots: onTo("lots", lots.next),
      moreWaiting: onTo("waiting", waiting.next),
      moreProposed: onTo("proposed", proposed.next),
      points: (await readPoints(ctx)).map(({ point }) => point),
    };
    return { desk, one: undefined, messages };
  });

export const action = (args: RouteArgs) => {
  const place = matchPlace(args);
  const done = (ctx: UseCaseContext, key: DoneKey) => doneAt(paths(ctx.locale).matching(place), key);
  return act(args, asOneOf("operator"), {
    default: form(ProposeInput, async (ctx, input) => {
      await proposeAllocation(ctx, input);
      return done(ctx, "done.matchProposed");
    }),
    accept: form(AcceptOfferInput, async (ctx, { offerId, pointId }) => {
      await decideOffer(ctx, offerId, { accept: true, pointId });
      return done(ctx, "done.offerAccepted");
    }),
    decline: form(DeclineOfferInput, async (ctx, { offerId, reason }) => {
      await decideOffer(ctx, offerId, { accept: false, reason });
      return done(ctx, "done.offerDeclined");
    }),
    proposeMany: form(ProposeManyInput, async (ctx, input) =>
      manyMatched(args, ctx, "proposed", await proposeMany(ctx, input)),
    ),
    approve: form(DecideManyInput, async (ctx, { allocationIds }) =>
      manyMatched(args, ctx, "approved", await approveMany(ctx, allocationIds)),
    ),
    reject: form(DecideAllocationInput, async (ctx, { allocationId }) => {
      await decideAllocation(ctx, allocationId, "reject");
      return done(ctx, "done.matchRejected");
    }),
    withdraw: form(DecideAllocationInput, async (ctx, { allocationId }) => {
      await withdrawAllocation(ctx, allocationId);
      return done(ctx, "done.matchWithdrawn");
    }),
    ...correctionIntents((at) => at.matching(place)),
  });
};

export default function Matching() {
  const t = useT();
  const { desk, one } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  if (one) return <OneLot one={one} reply={reply} />;
  return (
    <Page title={t("matching.title")} lead={t("matching.lead")} wide>
      <FormErrors reply={reply} />
      <MatchFilters filter={desk.filter} names={desk.names} />
      <MatchChips filter={desk.filter} names={desk.names} />
      <DeskLists desk={desk} reply={reply} />
    </Page>
  );
}
