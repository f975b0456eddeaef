import { useLoaderData } from "@remix-run/react";
import { requireUser } from "~/domain/kernel/actor";
import { dayOfWork, MOST_COUNTED_IN_QUEUE } from "~/domain/workday/queues.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { messagesFor } from "~/i18n/messages.server";
import { useT } from "~/i18n/useT";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { FirstTasks } from "~/ui/work/FirstTasks";
import { QueueList } from "~/ui/work/QueueList";

export const handle: PageHandle = { title: "day.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { grants } = requireUser(ctx.actor);
    const { queues, isNew } = await dayOfWork(ctx);
    return {
      queues,
      isNew,
      most: MOST_COUNTED_IN_QUEUE,
      now: ctx.now(),
      roles: [...new Set(grants.map(({ role }) => role))],
      messages: messagesFor(ctx.locale, ["day", "work"]),
    };
  });

export default function Day() {
  const t = useT();
  const { queues, isNew, most, now, roles } = useLoaderData<typeof loader>();
  return (
    <Page title={t("day.title")} lead={t("day.lead")} wide>
      {isNew ? <FirstTasks roles={roles} /> : null}
      <QueueList queues={queues} most={most} now={now} roles={roles} />
    </Page>
  );
}
