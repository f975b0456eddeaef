import { useLoaderData } from "@remix-run/react";
import { publicStanding } from "~/domain/books/moneyTotals.server";
import { liveNumbers } from "~/domain/trace/frontPage.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { colon, count, moment, money } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { TextLink } from "~/ui/primitives/Button";
import { Card, Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "lists.openTitle", isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    numbers: await liveNumbers(ctx),
    totals: await publicStanding(ctx),
    messages: messagesFor(ctx.locale, ["lists", "home"]),
  }));

export default function Open() {
  const t = useT();
  const locale = useLocale();
  const { numbers, totals } = useLoaderData<typeof loader>();
  const api = paths(locale).hsdsApi;
  const figures = [
    [t("home.numberOpen"), count(locale, numbers.open), t("lists.def_open")],
    [t("home.numberClaimed"), count(locale, numbers.claimed), t("lists.def_claimed")],
    [t("home.numberDelivered"), count(locale, numbers.delivered), t("lists.def_delivered")],
    [t("lists.moneyReceived"), money(locale, totals.received), t("lists.def_moneyReceived")],
    [t("lists.moneySpent"), money(locale, totals.spent), t("lists.def_moneySpent")],
  ] as const;
  return (
    <Page title={t("lists.openTitle")} lead={t("lists.openLead")}>
      <p className="mb-4 text-2 text-muted">{t("home.asOf", { time: moment(locale, numbers.asOf) })}</p>
      <ul className="grid gap-4 sm:grid-cols-2 elder:grid-cols-1">
        {figures.map(([label, value, definition]) => (
          <li key={label}>
            <Card>
              <p className="tabular text-6 font-bold">{value}</p>
              <p>{label}</p>
              <p className="mt-2 text-2 text-muted">{t("lists.definition") + colon(locale) + definition}</p>
            </Card>
          </li>
        ))}
      </ul>
      <Section title={t("lists.openData")}>
        <p className="max-w-measure">{t("lists.openDataLead")}</p>
        <ul className="mt-2">
          <li>
            <TextLink
              reloadDocument
              to={api("/services", { format: "ndjson", full: "true" })}
              download="services.ndjson"
            >
              {t("lists.openDataAll")}
            </TextLink>
          </li>
          <li>
            <TextLink reloadDocument to={api("/openapi.json")}>
              {t("lists.openDataApi")}
            </TextLink>
          </li>
        </ul>
      </Section>
    </Page>
  );
}
