import { useLoaderData } from "@remix-run/react";
import { isCompany } from "~/domain/identity/queries.server";
import { myYear, myYearByTown } from "~/domain/trace/myYear.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { yearAsked } from "~/http/yearOfGiving.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { YearByTown } from "~/ui/giving/YearByTown";
import { yearFigures } from "~/ui/giving/yearFigures";
import { YearKinds } from "~/ui/giving/YearKinds";
import { YearMonths } from "~/ui/giving/YearMonths";
import { YearToKeep } from "~/ui/giving/YearToKeep";
import { LinkButton } from "~/ui/primitives/Button";
import { EmptyState, Page } from "~/ui/primitives/Page";
import { Stats } from "~/ui/primitives/StatTile";
import { Tabs } from "~/ui/primitives/Tabs";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "year.title", isStill: true, isOwn: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { years, year } = await yearAsked(args, ctx);
    const messages = messagesFor(ctx.locale, ["year", "pictures"]);
    if (year === undefined) return { years, shown: undefined, messages };
    const [found, towns] = await Promise.all([
      myYear(ctx, year),
      isCompany(ctx).then((is) => (is ? myYearByTown(ctx, year) : [])),
    ]);
    return { years, shown: { year, ...found, towns }, messages };
  });

export default function MyYear() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { years, shown } = useLoaderData<typeof loader>();
  const crumbs = [{ label: t("shell.me"), to: at.me() }];
  if (!shown)
    return (
      <Page title={t("year.title")} crumbs={crumbs}>
        <EmptyState
          title={t("year.empty")}
          scene="give"
          action={<LinkButton to={at.wishes()}>{t("shell.seeWishes")}</LinkButton>}
        >
          {t("year.emptyText")}
        </EmptyState>
      </Page>
    );
  const year = String(shown.year);
  return (
    <Page title={t("year.pictureTitle", { year })} lead={t("year.lead")} crumbs={crumbs}>
      {years.length > 1 ? (
        <div className="no-print">
          <Tabs
            label={t("year.years")}
            tabs={years.map((one) => ({
              to: at.myYear(String(one)),
              label: String(one),
              current: one === shown.year,
            }))}
          />
        </div>
      ) : null}
      <Stats inRow="two" stats={yearFigures(t, locale, shown)} />
      <YearKinds kinds={shown.kinds} />
      <YearMonths months={shown.months} />
      <YearByTown rows={shown.towns} />
      <YearToKeep year={year} />
    </Page>
  );
}
