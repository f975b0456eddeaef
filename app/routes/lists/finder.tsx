import { data } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { finderItems } from "~/domain/finder/finderItems.server";
import { handOverAnswers } from "~/domain/finder/handOver.server";
import { readForm } from "~/domain/finder/readAnswers";
import { limit } from "~/domain/kernel/limits.server";
import { act, load } from "~/http/answer.server";
import { typedValues } from "~/http/form.server";
import type { RouteArgs } from "~/http/context.server";
import { replyOf } from "~/http/reply";
import { anybody } from "~/http/who.server";
import { say } from "~/i18n/messages";
import { messagesFor, serverT } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { Finder, type FinderReply } from "~/ui/finder/Finder";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await finderItems(ctx)),
    keepDays: await limit(ctx.db, ctx, "finderHandoverDays"),
    url: ctx.publicUrl + paths(ctx.locale).lists(),
    title: serverT(ctx.locale, ["finder"])("finder.title"),
    messages: messagesFor(ctx.locale, ["finder", "facts", "lists"]),
  }));

const HandOver = z.object({ consent: z.literal("yes", { error: say("finder.handPlease") }) });
const JustAnswers = z.object({});

/**
 * Without scripts the answers come here to be worked out once, and go back with the page; nothing is kept
 * unless it is handed over.
 */
export const action = (args: RouteArgs) =>
  act(
    args,
    anybody,
    (typed) => (typed.has("handOver") ? HandOver : JustAnswers),
    async (ctx, _value, form) => {
      const { answers, unread, settled } = readForm(form);
      if (Object.keys(unread).length > 0)
        return data(
          { reply: { values: typedValues(form), errors: unread, formErrors: [] } },
          { status: 422 },
        );
      if (!form.has("handOver")) return { answers, settled };
      return {
        answers,
        handed: await handOverAnswers(ctx, { answers, clientAddress: args.context.clientAddress }),
      };
    },
  );

export default function FinderPage() {
  const sent = useActionData() as FinderReply | undefined;
  return <Finder {...useLoaderData<typeof loader>()} sent={sent} reply={replyOf(sent)} />;
}
