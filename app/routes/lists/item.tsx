import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { folded } from "~/domain/kernel/typed/signs";
import { itemPage } from "~/domain/lists/items.server";
import { facetNames } from "~/domain/reference/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { entryCodeFrom } from "~/http/ids.server";
import { inQuery } from "~/http/query.server";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { EachWorking } from "~/ui/lists/EachWorking";
import { ItemFacts, ItemRuleWords } from "~/ui/lists/ItemFacts";
import { itemSchema } from "~/ui/lists/itemSchema";
import { PlaceCard } from "~/ui/lists/PlaceCard";
import { Button, TextLink } from "~/ui/primitives/Button";
import { SelectField } from "~/ui/primitives/Field";
import { Card, Notice, Page, Section } from "~/ui/primitives/Page";
import { PhoneLine } from "~/ui/primitives/PhoneLine";
import { PrintButton } from "~/ui/primitives/PrintButton";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { useRoot } from "~/ui/shell/useRoot";

export const handle: PageHandle = { isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { list = "" } = args.params;
    const code = entryCodeFrom(args);
    const { towns } = await facetNames(ctx);
    const town = inQuery(args.request, "town", (typed) =>
      towns.find((known) => known.code === folded(typed)),
    );
    const page = await itemPage(ctx, list, code, town?.code);
    return {
      ...page,
      title: page.item.name,
      places: town || page.places.length <= 3 ? page.places : [],
      town: town?.code,
      towns: towns.map((known) => ({ code: known.code, name: nameIn(ctx.locale, known) })),
      url: ctx.publicUrl + paths(ctx.locale).listItem(page.item.list, code),
      messages: messagesFor(ctx.locale, ["lists", "facts"]),
    };
  });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { name: "description", content: data?.item.content ?? "" },
];

export default function ListItem() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const place = useRoot()?.place;
  const { item, rule, parameters, places, town, towns, url } = useLoaderData<typeof loader>();
  const phone = item.phone ?? place?.phoneLine ?? "";
  return (
    <Page
      title={item.name}
      lead={item.category}
      crumbs={[{ label: t(`lists.${item.list}`), to: at.list(item.list) }]}
      actions={<PrintButton />}
    >
      <script
        type="application/ld+json"
        dangerouslySetInnerHTML={{ __html: itemSchema({ item }, { city: place?.city ?? "", url, phone }) }}
      />
      {item.stale ? (
        <div className="mb-5">
          <Notice tone="wait">{t(item.checkedAt ? "lists.staleText" : "lists.neverChecked")}</Notice>
        </div>
      ) : null}
      {locale === "en" ? <p className="mb-4 text-2 text-muted">{t("lists.inChinese")}</p> : null}
      <Card>
        <ItemFacts item={item} />
      </Card>
      <Section title={t("lists.conditions")}>
        <ItemRuleWords rule={rule} parameters={parameters} />
      </Section>
      {rule?.amount ? (
        <Section title={t("lists.working")}>
          <EachWorking amount={rule.amount} parameters={parameters} />
        </Section>
      ) : null}
      <Section title={t("lists.where")}>
        <div className="grid gap-4">
          <PhoneLine phone={phone} />
          {item.place || item.hours ? (
            <p lang="zh-Hans">
              {item.place} {item.hours}
            </p>
          ) : null}
          {item.url ? (
            <a
              href={item.url}
              rel="noreferrer"
              className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
            >
              {t("lists.website")}
            </a>
          ) : null}
          <form
            method="get"
            className="no-print grid items-end gap-3 sm:grid-cols-[1fr_auto] elder:grid-cols-1"
          >
            <SelectField
              name="town"
              label={t("lists.pickTown")}
              empty=""
              defaultValue={town}
              options={towns.map((known) => ({ value: known.code, label: known.name }))}
            />
            <Button look="secondary">{t("lists.showPlaces")}</Button>
          </form>
          {places.map(({ point }) => (
            <PlaceCard key={point.id} point={point} />
          ))}
        </div>
      </Section>
      <p className="no-print mt-8">
        <TextLink to={at.reportItem(item.list, item.code)}>{t("lists.wrong")}</TextLink>
      </p>
    </Page>
  );
}
