import { Form, useLoaderData } from "@remix-run/react";
import { readList } from "~/domain/directory/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { Card, EmptyState, Facts, Page } from "~/ui/primitives/Page";
import { Tabs } from "~/ui/primitives/Tabs";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const list = args.params["list"];
    if (list !== "government" && list !== "social") throw new Response(null, { status: 404 });
    const q = new URL(args.request.url).searchParams.get("q")?.trim().slice(0, 40) ?? "";
    return { list: list === "government" ? ("government" as const) : ("social" as const), q, items: await readList(ctx.db, list, q), messages: messagesFor(ctx.locale, ["lists"]) };
  });

export default function List() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { list, q, items } = useLoaderData<typeof loader>();
  return (
    <Page title={`${t(`lists.${list}`)}（${items.length}）`} lead={t("lists.lead")} crumbs={[{ label: t("lists.helpTitle"), to: at.helpMe() }]}>
      <Tabs label={t("lists.listsTitle")} tabs={(["government", "social"] as const).map((one) => ({ to: at.list(one), label: t(`lists.${one}`), current: one === list }))} />
      <Form method="get" role="search" className="no-print flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1">
          <TextField name="q" type="search" label={t("lists.searchLists")} defaultValue={q} />
        </div>
        <Button icon="search">{t("common.search")}</Button>
      </Form>
      {items.length === 0 ? (
        <div className="mt-6">
          <EmptyState title={t("lists.empty")} />
        </div>
      ) : null}
      {locale === "en" && items.length > 0 ? <p className="mt-4 text-2 text-muted">{t("common.chineseStory")}</p> : null}
      <ul className="mt-6 grid gap-4" lang="zh-Hans">
        {items.map((item) => (
          <li key={item.code}>
            <Card>
              <p className="text-1 text-muted">{item.category}</p>
              <h2 className="mb-2 text-4">{item.name}</h2>
              <Facts
                rows={[
                  [t("lists.forWhom"), item.targetGroup],
                  [t("lists.content"), item.content],
                  ...(item.standard ? [[t("lists.standard"), item.standard] as const] : []),
                  [t("lists.provider"), item.provider],
                ]}
              />
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  );
}
