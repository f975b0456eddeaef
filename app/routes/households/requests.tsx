import { data, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { findHouseholds } from "~/domain/households/queries.server";
import { requireUser } from "~/domain/kernel/actor";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { openRequests } from "~/domain/requests/queries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { form } from "~/http/pageForm.server";
import { queueFilter, queuePlace, townsOfWork } from "~/http/queueFilter.server";
import { asOneOf } from "~/http/who.server";
import { day, daysSince } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { say } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { EmptyState, Notice, Page, Section, Tag } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { StaffList } from "~/ui/primitives/StaffList";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { QueueFilter } from "~/ui/work/QueueFilter";

export const handle: PageHandle = { title: "households.findTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const filter = queueFilter(args.request);
    const { rows, next } = await openRequests(ctx, filter);
    return {
      filter,
      place: queuePlace(args.request),
      towns: await townsOfWork(ctx, requireUser(ctx.actor), ["caseworker", "town_reviewer"], "admin"),
      waiting: rows.map((row) => ({
        ...row,
        days: daysSince(row.occurredAt, ctx.now()),
        isLate: row.dueAt !== null && row.dueAt < ctx.now(),
      })),
      next: next && paths(ctx.locale).requests({ ...filter, after: next }),
      messages: messagesFor(ctx.locale, ["households", "review"]),
    };
  });

const FindInput = z.object({
  typed: z
    .string({ error: say("common.pleaseFill") })
    .trim()
    .min(1, say("common.pleaseFill"))
    .max(60, say("common.tooLong")),
});

/**
 * Asked by POST, so that no name or phone stands in an address or a log. One household found is shown at
 * once.
 */
export const action = (args: RouteArgs) =>
  act(args, asOneOf("caseworker", "town_reviewer", "admin"), {
    default: form(FindInput, async (ctx, { typed }) => {
      const found = await findHouseholds(ctx, typed);
      const [only] = found;
      return only && found.length === 1 ? redirect(paths(ctx.locale).household(only.id)) : data({ found });
    }),
  });

export default function RecipientRequests() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { filter, place, towns, waiting, next } = useLoaderData<typeof loader>();
  const { found, reply } = useActionData<typeof action>() ?? {};
  return (
    <Page title={t("households.findTitle")} lead={t("households.findLead")}>
      <h2 className="mb-3 text-5">{t("households.find")}</h2>
      <Form method="post" className="grid gap-4">
        <FormErrors reply={reply} />
        <TextField
          name="typed"
          maxLength={LENGTHS.personName}
          label={t("households.findWhat")}
          hint={t("households.findHint")}
          autoComplete="off"
          reply={reply}
        />
        <div>
          <Button>{t("households.findButton")}</Button>
        </div>
      </Form>
      {found?.length === 0 ? (
        <div className="mt-4">
          <Notice tone="wait" live>
            {t("households.foundNone")}
          </Notice>
        </div>
      ) : null}
      {found && found.length > 0 ? (
        <Section title={t("households.found")}>
          <StaffList
            rows={found.map((row) => ({
              key: row.id,
              to: at.household(row.id),
              title: row.code,
              meta: `${nameIn(locale, row.town)} · ${t("review.heads", { n: row.heads })}`,
            }))}
          />
        </Section>
      ) : null}
      <Section title={t("households.openTitle")}>
        <QueueFilter action={at.requests()} filter={filter} towns={towns} />
        {waiting.length === 0 ? (
          <EmptyState title={t(filter.code || filter.town ? "work.noneFound" : "households.openNone")} />
        ) : null}
        <StaffList
          rows={waiting.map((row) => ({
            key: row.id,
            to: at.household(row.householdId, place),
            title: t(`households.request_${row.kind}`),
            meta: [
              row.code,
              ...(row.needCode ? [`${t("households.aboutWish")} ${row.needCode}`] : []),
              nameIn(locale, row.town),
              t("households.waitingDays", { n: row.days }),
            ].join(" · "),
            tag: row.isLate ? (
              <Tag tone="problem">{t("households.requestLate")}</Tag>
            ) : (
              <Tag tone="wait">
                {t("households.requestDue", { day: row.dueAt === null ? "" : day(locale, row.dueAt) })}
              </Tag>
            ),
          }))}
        />
        <Pagination next={next} />
      </Section>
    </Page>
  );
}
