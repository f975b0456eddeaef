import { useActionData, useLoaderData } from "@remix-run/react";
import { requireUser } from "~/domain/kernel/actor";
import { resumeNeed, suspendNeed } from "~/domain/needs/endNeed.server";
import { closeProject } from "~/domain/ending/closeProject.server";
import { CloseProjectInput } from "~/domain/needs/projectSchemas";
import { checkWords, publishNeed } from "~/domain/needs/publishNeed.server";
import { storedPublicWords } from "~/domain/needs/publicWords.server";
import { approveOverCap, declineNeed, seenNeed, verifyNeed } from "~/domain/needs/reviewNeed.server";
import {
  CheckWordsInput,
  DecideInput,
  PublishForm,
  REJECT_REASONS,
  SeenInput,
  SuspendInput,
  VerifyInput,
} from "~/domain/needs/schemas";
import { staffNeed, visitMoments } from "~/domain/needs/staffQueries.server";
import { duplicatesOf } from "~/domain/needs/submitNeed.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { momentIntent } from "~/http/corrections.server";
import { doneAt } from "~/http/done.server";
import { filled, orBoth } from "~/http/edit.server";
import { afterConflict, replyOf } from "~/http/reply";
import { small } from "~/http/smallForm.server";
import { asOneOf } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { NeedToReview } from "~/ui/review/NeedToReview";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    requireUser(ctx.actor);
    const page = await staffNeed(ctx, args.params["id"] ?? "");
    const isUndecided =
      page.need.kind === "wish" && (page.need.state === "submitted" || page.need.state === "verified");
    return {
      ...page,
      seen: seenNeed(page.need),
      publishing:
        page.need.state === "verified" ? filled(await storedPublicWords(ctx, page.need.id)) : undefined,
      duplicates: isUndecided ? await duplicatesOf(ctx, page.need.id) : [],
      now: localInput(ctx.now()),
      moments: await visitMoments(ctx, page.need.id),
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
  return act(
    args,
    asOneOf("town_reviewer", "operator"),
    PublishForm,
    (ctx, input, form) =>
      orBoth(
        form,
        input,
        { save: (said) => publishNeed(ctx, id, said), stored: () => storedPublicWords(ctx, id) },
        () => doneAt(paths(ctx.locale).review(), "done.needPublished"),
      ),
    {
      check: small(CheckWordsInput, async (ctx, { title = "", story = "", pseudonym }, form) => ({
        findings: await checkWords(ctx, id, { title, story, pseudonym }),
        reply: {
          values: { title, story, pseudonym: pseudonym ?? "", version: String(form.get("version") ?? "") },
          errors: {},
          formErrors: [],
        },
      })),
      ...momentIntent((at) => at.reviewNeed(id)),
      verify: small(VerifyInput.extend(SeenInput.shape), async (ctx, { visitedAt, version }) => {
        await verifyNeed(ctx, id, { visitedAt, seen: version });
        return doneAt(paths(ctx.locale).review(), "done.needVerified");
      }),
      decline: small(DecideInput.extend(SeenInput.shape), async (ctx, { reason, version }) => {
        const decision = REJECT_REASONS.some((known) => known === reason) ? "reject" : "return";
        await declineNeed(ctx, id, decision, reason, version);
        return doneAt(
          paths(ctx.locale).review(),
          decision === "reject" ? "done.needRejected" : "done.needReturned",
        );
      }),
      closeProject: small(CloseProjectInput, async (ctx, input) => {
        await closeProject(ctx, id, input);
        return doneAt(paths(ctx.locale).reviewNeed(id), "done.projectClosed");
      }),
      approveOverCap: small(SeenInput, async (ctx, { version }) => {
        await approveOverCap(ctx, id, version);
        return doneAt(paths(ctx.locale).reviewNeed(id), "done.overCapAgreed");
      }),
      suspend: small(SuspendInput, async (ctx, { reason }) => {
        await suspendNeed(ctx, id, reason);
        return doneAt(paths(ctx.locale).reviewNeed(id), "done.needSuspended");
      }),
      resume: async (ctx) => {
        await resumeNeed(ctx, id);
        return doneAt(paths(ctx.locale).reviewNeed(id), "done.needResumed");
      },
    },
  );
};

/** After a conflict the need is read anew: it may not be there to be published any more. */
export const shouldRevalidate = afterConflict;

const findingsOf = (data: unknown) =>
  typeof data === "object" && data !== null && "findings" in data
    ? (data.findings as Awaited<ReturnType<typeof checkWords>>)
    : undefined;

export default function ReviewNeed() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <NeedToReview page={page} findings={findingsOf(answer)} reply={replyOf(answer)} />;
}
