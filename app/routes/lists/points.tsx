import { useLoaderData } from "@remix-run/react";
import { folded } from "~/domain/kernel/typed/signs";
import { facetNames, readPoints } from "~/domain/reference/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { inQuery } from "~/http/query.server";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useT } from "~/i18n/useT";
import { tilesApart } from "~/ui/lists/nearness";
import { PlaceCard } from "~/ui/lists/PlaceCard";
import { Button } from "~/ui/primitives/Button";
import { SelectField } from "~/ui/primitives/Field";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "lists.pointsTitle", isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const [points, { towns }] = await Promise.all([readPoints(ctx), facetNames(ctx)]);
    const near = inQuery(args.request, "near", (typed) => towns.find(({ code }) => code === folded(typed)));
    return {
      points: near
        ? points.toSorted((a, b) => tilesApart(near.code, a.town.code) - tilesApart(near.code, b.town.code))
        : points,
      near: near?.code,
      now: ctx.now(),
      towns: towns.map((town) => ({ value: town.code, label: nameIn(ctx.locale, town) })),
      messages: messagesFor(ctx.locale, ["lists"]),
    };
  });

export default function Points() {
  const t = useT();
  const { points, near, now, towns } = useLoaderData<typeof loader>();
  return (
    <Page title={t("lists.pointsTitle")} lead={t("lists.pointsLead")} wide>
      <form method="get" className="no-print mb-6 flex max-w-measure flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-48">
          <SelectField
            name="near"
            label={t("lists.pickTown")}
            options={towns}
            defaultValue={near ?? ""}
            empty={t("lists.allTowns")}
          />
        </div>
        <Button look="secondary">{t("lists.nearFirst")}</Button>
      </form>
      {near === undefined ? null : <p className="mb-4 text-2 text-muted">{t("lists.nearNote")}</p>}
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 elder:grid-cols-1">
        {points.map(({ point }) => (
          <li key={point.id}>
            <PlaceCard point={point} heading="h2" now={now} />
          </li>
        ))}
      </ul>
    </Page>
  );
}
