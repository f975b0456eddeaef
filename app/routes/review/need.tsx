import { data } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { closeOrganisationNeed } from "~/domain/ending/closeOrganisationNeed.server";
import { requireUser } from "~/domain/kernel/actor";
import { resumeNeed, suspendNeed } from "~/domain/needs/endNeed.server";
import { seenNeed } from "~/domain/needs/need.server";
import { CloseOrganisationNeedInput } from "~/domain/needs/organisationNeedSchemas";
import { storedPublicWords } from "~/domain/needs/publicWords.server";
import { checkWords, publishNeed } from "~/domain/needs/publishNeed.server";
import { approveOverCap, declineNeed, verifyNeed } from "~/domain/needs/reviewNeed.server";
import {
  CheckWordsInput,
  DecideInput,
  PublishForm,
  REJECT_REASONS,
  SeenInput,
  SuspendInput,
  VerifyInput,
} from "~/domain/needs/schemas";
import { staffNeed } from "~/domain/needs/staffQueries.server";
import { duplicatesOf } from "~/domain/needs/submitNeed.server";
import { visitMoments } from "~/domain/needs/visitMoments.server";
import { afterConflict } from "~/http/afterConflict";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { momentIntent } from "~/http/corrections.server";
import { doneAt } from "~/http/done.server";
import { filled, orBoth } from "~/http/edit.server";
import { button, form } from "~/http/pageForm.server";
import { queueFilter } from "~/http/queueFilter.server";
import { asOneOf } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { NeedToReview } from "~/ui/review/NeedToReview";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "review.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    requireUser(ctx.actor);
    const page = await staffNeed(ctx, args.params["id"] ?? "");
    const isUndecided =
      page.need.kind === "wish" && (page.need.state === "submitted" || page.need.state === "verified");
    const { after, town } = queueFilter(args.request);
    return {
      ...page,
      place: { after, town },
      seen: seenNeed(page.need),
      publishing:
        page.need.state === "verified" ? filled(await storedPublicWords(ctx, page.need.id)) : undefined,
      duplicates: isUndecided ? await duplicatesOf(ctx, page.need.id) : [],
      now: localInput(ctx.now()),
      moments: visitMoments(ctx, page),
      momentKey: ctx.newId(),
      messages: messagesFor(ctx.locale, [
        "review",
        "intake",
        "moments",
        "wishes",
        "journal",
        "identity",
        "households",
      ]),
    };
  });

export const action = (args: RouteArgs) => {
  const id = args.params["id"] ?? "";
  const { after, town } = queueFilter(args.request);
  const place = { after, town };
  return act(args, asOneOf("town_reviewer", "operator"), {
    default: form(PublishForm, (ctx, input, typed) =>
      orBoth(
        typed,
        input,
        { save: (said) => publishNeed(ctx, id, said), stored: () => storedPublicWords(ctx, id) },
        () => doneAt(paths(ctx.locale).review(place), "done.needPublished"),
      ),
    ),
    check: form(CheckWordsInput, async (ctx, { title = "", story = "", pseudonym }, typed) =>
      data({
        findings: await checkWords(ctx, id, { title, story, pseudonym }),
        reply: {
          values: { title, story, pseudonym: pseudonym ?? "", version: typed["version"] ?? "" },
          errors: {},
          formErrors: [],
        },
      }),
    ),
    ...momentIntent((at) => at.reviewNeed(id, place)),
    verify: form(VerifyInput.extend(SeenInput.shape), async (ctx, { visitedAt, version }) => {
      await verifyNeed(ctx, id, { visitedAt, seen: version });
      return doneAt(paths(ctx.locale).review(place), "done.needVerified");
    }),
    decline: form(DecideInput.extend(SeenInput.shape), async (ctx, { reason, version }) => {
      const decision = REJECT_REASONS.some((known) => known === reason) ? "reject" : "return";
      await declineNeed(ctx, id, decision, reason, version);
      return doneAt(
        paths(ctx.locale).review(place),
        decision === "reject" ? "done.needRejected" : "done.needReturned",
      );
    }),
    closeOrganisationNeed: form(CloseOrganisationNeedInput, async (ctx, input) => {
      await closeOrganisationNeed(ctx, id, input);
      return doneAt(paths(ctx.locale).reviewNeed(id, place), "done.organisationNeedClosed");
    }),
    approveOverCap: form(SeenInput, async (ctx, { version }) => {
      await approveOverCap(ctx, id, version);
      return doneAt(paths(ctx.locale).reviewNeed(id, place), "done.overCapAgreed");
    }),
    suspend: form(SuspendInput, async (ctx, { reason }) => {
      await suspendNeed(ctx, id, reason);
      return doneAt(paths(ctx.locale).reviewNeed(id, place), "done.needSuspended");
    }),
    resume: button(async (ctx) => {
      await resumeNeed(ctx, id);
      return doneAt(paths(ctx.locale).reviewNeed(id, place), "done.needResumed");
    }),
  });
};

/** After a conflict the need is read anew: it may not be there to be published any more. */
export const shouldRevalidate = afterConflict;

export default function ReviewNeed() {
  const page = useLoaderData<typeof loader>();
  const { findings, reply } = useActionData<typeof action>() ?? {};
  return <NeedToReview page={page} findings={findings} reply={reply} />;
}
