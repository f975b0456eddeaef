import { data } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { finderItems } from "~/domain/finder/finderItems.server";
import { handOverAnswers } from "~/domain/finder/handOver.server";
import { limit } from "~/domain/kernel/limits.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { finderForm } from "~/http/finderForm.server";
import { anybody } from "~/http/who.server";
import { messagesFor, serverT } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { Finder } from "~/ui/finder/Finder";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await finderItems(ctx)),
    keepDays: await limit(ctx.db, ctx, "finderHandoverDays"),
    url: ctx.publicUrl + paths(ctx.locale).lists(),
    title: serverT(ctx.locale, ["finder"])("finder.title"),
    messages: messagesFor(ctx.locale, ["finder", "facts", "lists"]),
  }));

/**
 * Without scripts the answers come here to be worked out once, and go back with the page; nothing is kept
 * unless it is handed over.
 */
export const action = (args: RouteArgs) =>
  act(args, anybody, {
    default: finderForm(async (ctx, { answers, contradictions, isHandedOver }) => {
      if (!isHandedOver) return data({ answers, contradictions });
      const { clientAddress } = args.context;
      return data({ answers, handed: await handOverAnswers(ctx, { answers, clientAddress }) });
    }),
  });

export default function FinderPage() {
  const sent = useActionData<typeof action>();
  return <Finder {...useLoaderData<typeof loader>()} sent={sent} reply={sent?.reply} />;
}
