import { useLoaderData } from "@remix-run/react";
import { openAccount } from "~/domain/trace/openAccount.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { oneOfInQuery } from "~/http/query.server";
import { moment } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { Bought } from "~/ui/open/Bought";
import { DaysChart } from "~/ui/open/DaysChart";
import { Delivered } from "~/ui/open/Delivered";
import { Figures } from "~/ui/open/Figures";
import { HowCounted } from "~/ui/open/HowCounted";
import { Lanes } from "~/ui/open/Lanes";
import { MonthsChart } from "~/ui/open/MonthsChart";
import { OpenData } from "~/ui/open/OpenData";
import { PutRight } from "~/ui/open/PutRight";
import { TOWN_MAPS, TownFigures } from "~/ui/open/TownFigures";
import { Page, Section } from "~/ui/primitives/Page";
import { PrintButton } from "~/ui/primitives/PrintButton";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "open.title", isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await openAccount(ctx)),
    map: oneOfInQuery(args.request, "map", TOWN_MAPS) ?? "waiting",
    messages: messagesFor(ctx.locale, ["open"]),
  }));

export default function Open() {
  const t = useT();
  const locale = useLocale();
  const account = useLoaderData<typeof loader>();
  const lead = (words: string) => <p className="mb-4 max-w-measure text-muted">{words}</p>;
  return (
    <Page title={t("open.title")} lead={t("open.lead")} wide>
      <p className="mb-4 text-2 text-muted">
        {t("open.asOf", { time: moment(locale, account.numbers.asOf) })}
      </p>
      <Figures numbers={account.numbers} standing={account.standing} />
      <div className="grid gap-x-12 lg:grid-cols-2 elder:grid-cols-1">
        <Section title={t("open.lanesTitle")} id="lanes">
          {lead(t("open.lanesLead"))}
          <Lanes lanes={account.lanes} />
        </Section>
        <Section title={t("open.daysTitle")} id="days">
          <DaysChart days={account.days} />
          <HowCounted>
            <p>{t("open.defDays")}</p>
          </HowCounted>
        </Section>
      </div>
      <Section title={t("open.moneyTitle")} id="money">
        {lead(t("open.moneyLead"))}
        <MonthsChart months={account.months} />
      </Section>
      <Section title={t("open.boughtTitle")} id="bought">
        {lead(t("open.boughtLead"))}
        <Bought rows={account.bought} />
      </Section>
      <Section title={t("open.townsTitle")} id="towns">
        {lead(t("open.townsLead"))}
        <TownFigures rows={account.towns} map={account.map} />
        <HowCounted>
          <p>{t("open.defTowns")}</p>
        </HowCounted>
      </Section>
      <Section title={t("open.justTitle")} id="just">
        {lead(t("open.justLead"))}
        <Delivered rows={account.delivered} none={t("open.justNone")} />
      </Section>
      <Section title={t("open.rightTitle")} id="right">
        {lead(t("open.rightLead"))}
        <PutRight corrected={account.corrected} late={account.late} />
        <HowCounted>
          <p>
            {t("open.defRight")} {t("open.lateAsked")}
          </p>
        </HowCounted>
      </Section>
      <Section title={t("open.dataTitle")} id="data">
        <OpenData />
        <p className="mt-6">
          <PrintButton />
        </p>
      </Section>
    </Page>
  );
}
