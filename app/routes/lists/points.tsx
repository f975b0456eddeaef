import { useLoaderData } from "@remix-run/react";
import { readPoints } from "~/domain/directory/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { Card, Page } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) => load(args, async (ctx) => ({ points: await readPoints(ctx.db), messages: messagesFor(ctx.locale, ["lists"]) }));

export default function Points() {
  const t = useT();
  const locale = useLocale();
  const { points } = useLoaderData<typeof loader>();
  return (
    <Page title={t("lists.pointsTitle")} lead={t("lists.pointsLead")} wide>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 elder:grid-cols-1">
        {points.map(({ point }) => (
          <li key={point.id}>
            <Card>
              <h2 className="text-4">{nameIn(locale, point)}</h2>
              <p lang="zh-Hans">{point.address}</p>
              <p>
                {t("lists.hours")} {point.hours}
              </p>
              <a href={`tel:${point.phone}`} className="inline-flex min-h-tap items-center font-semibold text-brand underline underline-offset-4">
                {point.phone}
              </a>
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  );
}
