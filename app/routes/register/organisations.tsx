import { useLoaderData } from "@remix-run/react";
import { registerHome } from "~/domain/register/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { idInQuery } from "~/http/ids.server";
import { day } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "~/ui/primitives/Button";
import { EmptyState, Page, Section, Tag } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { StaffList } from "~/ui/primitives/StaffList";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "register.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { next, ...home } = await registerHome(ctx, idInQuery(args, "after"));
    return {
      ...home,
      next: next && paths(ctx.locale).register(next),
      messages: messagesFor(ctx.locale, ["register"]),
    };
  });

export default function Register() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { lapsing, waiting, bodies, next } = useLoaderData<typeof loader>();
  const called = ({ name }: Pick<(typeof bodies)[number], "name">) =>
    name ? nameIn(locale, name) : t("register.unnamed");
  return (
    <Page
      title={t("register.title")}
      lead={t("register.lead")}
      actions={<LinkButton to={at.enterBody()}>{t("register.enter")}</LinkButton>}
    >
      {lapsing.length > 0 ? (
        <Section title={t("register.lapsing")}>
          <StaffList
            rows={lapsing.map((row) => ({
              key: row.kind + row.number + row.body,
              to: at.body(row.body),
              title: called(row),
              meta: `${t(`register.entry_${row.kind}`)} · ${row.number}`,
              tag: (
                <Tag tone={row.over ? "problem" : "wait"}>
                  {t(row.over ? "register.lapsedOn" : "register.lapsesOn", { day: day(locale, row.until) })}
                </Tag>
              ),
            }))}
          />
        </Section>
      ) : null}
      {waiting.length > 0 ? (
        <Section title={t("register.waiting")}>
          <StaffList
            rows={waiting.map((row) => ({
              key: row.id,
              to: at.body(row.body),
              title: called(row),
              meta: `${t(`register.entry_${row.kind}`)} · ${row.number} · ${t("register.enteredOn", { day: day(locale, row.since) })}`,
              tag: (
                <Tag tone={row.mine ? "info" : "wait"}>
                  {t(row.mine ? "register.mine" : "register.standing_proposed")}
                </Tag>
              ),
            }))}
          />
        </Section>
      ) : null}
      <Section title={t("register.all")}>
        {bodies.length === 0 ? <EmptyState title={t("register.noEntry")} /> : null}
        <StaffList
          rows={bodies.map((row) => ({
            key: row.body,
            to: at.body(row.body),
            title: called(row),
            meta: row.creditCode,
            tag: (
              <Tag tone="info" sign={row.kind === "charity" ? "heart" : "info"}>
                {t(`register.kind_${row.kind}`)}
              </Tag>
            ),
          }))}
        />
        <Pagination next={next} />
      </Section>
    </Page>
  );
}
