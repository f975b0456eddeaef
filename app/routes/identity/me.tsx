import { Form, Link, useLoaderData } from "@remix-run/react";
import { requireUser } from "~/domain/kernel/actor";
import { load } from "~/http/answer.server";
import { type RouteArgs, stepDueOf } from "~/http/context.server";
import { day } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton, TextLink } from "~/ui/primitives/Button";
import { Card, Notice, Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { roleKey } from "~/ui/shell/roleKey";
import { useRoot } from "~/ui/shell/useRoot";
import { workLinks } from "~/ui/shell/workLinks";

export const handle: PageHandle = { title: "identity.meTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const user = requireUser(ctx.actor);
    const due = await stepDueOf(args);
    return {
      due: due && { at: due, isOver: due <= ctx.now() },
      name: user.displayName,
      roles: [...new Set(user.grants.map((grant) => grant.role))],
      messages: messagesFor(ctx.locale, ["identity", "account", "work", "giving", "demo"]),
    };
  });

export default function Me() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { name, roles, due } = useLoaderData<typeof loader>();
  const isDemo = useRoot()?.place.isDemo;
  const rooms = workLinks(roles, locale);
  return (
    <Page title={t("identity.meTitle")} lead={<span lang="zh-Hans">{name}</span>}>
      <Card>
        <p className="text-2 text-muted">{t("identity.myRoles")}</p>
        <p className="font-semibold">{roles.map((role) => t(roleKey(role))).join(" · ")}</p>
      </Card>
      {due ? (
        <div className="mt-5">
          <Notice tone="wait">
            <p>
              {due.isOver ? t("account.stepNeeded") : t("account.stepSoon", { day: day(locale, due.at) })}
            </p>
            <TextLink to={at.mySecondStep()}>{t("account.stepTitle")}</TextLink>
          </Notice>
        </div>
      ) : null}
      {rooms.length > 0 ? (
        <Section title={t("shell.work")}>
          <ul className="grid gap-3 sm:grid-cols-2 elder:grid-cols-1">
            {rooms.map((room) => (
              <li key={room.to}>
                <Link
                  to={room.to}
                  className="flex min-h-16 items-center justify-between rounded-lg border-(length:--border) border-line-strong bg-surface px-5 text-4 font-semibold hover:border-brand"
                >
                  {t(room.label)} <span aria-hidden="true">›</span>
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <div className="mt-8 flex flex-wrap gap-3">
        <LinkButton to={at.gifts()}>{t("shell.gifts")}</LinkButton>
        <LinkButton look="secondary" to={at.offer()}>
          {t("giving.offerTitle")}
        </LinkButton>
        {isDemo ? (
          <LinkButton look="secondary" to={at.demoMail()}>
            {t("demo.mailTitle")}
          </LinkButton>
        ) : null}
      </div>
      <Section title={t("account.title")}>
        <ul className="grid gap-x-6 sm:grid-cols-2 elder:grid-cols-1">
          {(
            [
              ["account.passwordTitle", at.myPassword()],
              ["account.mailTitle", at.myMail()],
              ["account.nameTitle", at.myName()],
              ["account.sessionsTitle", at.mySessions()],
              ["account.stepTitle", at.mySecondStep()],
              ["account.leaveTitle", at.leave()],
            ] as const
          ).map(([words, to]) => (
            <li key={to}>
              <TextLink to={to}>{t(words)}</TextLink>
            </li>
          ))}
        </ul>
      </Section>
      <Form method="post" action={at.signOut()} className="mt-8 grid justify-items-start gap-3">
        <Button look="secondary">{t("shell.signOut")}</Button>
        <Button look="quiet" name="everywhere" value="yes" aria-describedby="end-all">
          {t("account.endAll")}
        </Button>
        <p id="end-all" className="text-2 text-muted">
          {t("account.endAllHint")}
        </p>
      </Form>
    </Page>
  );
}
