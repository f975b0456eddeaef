import { useLoaderData } from "@remix-run/react";
import { readPoints } from "~/domain/reference/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { messagesFor } from "~/i18n/messages.server";
import { useT } from "~/i18n/useT";
import { PlaceCard } from "~/ui/lists/PlaceCard";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "lists.pointsTitle", isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    points: await readPoints(ctx),
    messages: messagesFor(ctx.locale, ["lists"]),
  }));

export default function Points() {
  const t = useT();
  const { points } = useLoaderData<typeof loader>();
  return (
    <Page title={t("lists.pointsTitle")} lead={t("lists.pointsLead")} wide>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 elder:grid-cols-1">
        {points.map(({ point }) => (
          <li key={point.id}>
            <PlaceCard point={point} heading="h2" />
          </li>
        ))}
      </ul>
    </Page>
  );
}
