import { useActionData, useLoaderData } from "@remix-run/react";
import { holds, requireUser } from "~/domain/kernel/actor";
import { DomainError } from "~/domain/kernel/errors";
import { hasWrittenOn } from "~/domain/needs/authors.server";
import { mergeNeed } from "~/domain/needs/mergeNeed.server";
import { comparable, mayStay } from "~/domain/needs/policy";
import { MergeInput } from "~/domain/needs/schemas";
import { staffNeed } from "~/domain/needs/staffQueries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { NeedSummary } from "~/ui/intake/NeedSummary";
import { toneOfState } from "~/ui/organisation/toneOfState";
import { LinkButton } from "~/ui/primitives/Button";
import { Notice, Page, Tag } from "~/ui/primitives/Page";
import { MergeForm } from "~/ui/review/MergeForm";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "review.compareTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { userId } = requireUser(ctx.actor);
    const one = await staffNeed(ctx, idFrom(args, "id"));
    const other = await staffNeed(ctx, idFrom(args, "otherId"));
    if (!comparable(one.need, other.need)) throw new DomainError("NOT_FOUND");
    const stays = mayStay(one.need, other.need).map((need) => need.id);
    const isReviewer = holds(ctx.actor, "town_reviewer", { kind: "town", id: one.need.townCode });
    const inTheWay = !isReviewer
      ? "review.onlyReviewer"
      : (await hasWrittenOn(ctx.db, [one.need.id, other.need.id], userId))
        ? "errors.fourEyes"
        : stays.length === 0
          ? "review.cannotMerge"
          : undefined;
    return {
      both: [one, other],
      stays,
      inTheWay,
      messages: messagesFor(ctx.locale, ["review", "intake", "wishes", "households"]),
    } as const;
  });

export const action = (args: RouteArgs) =>
  act(args, asOneOf("town_reviewer", "operator"), {
    default: form(MergeInput, async (ctx, { keep, reason }) => {
      const both = [idFrom(args, "id"), idFrom(args, "otherId")];
      const [ends] = both.filter((id) => id !== keep);
      if (!both.includes(keep) || ends === undefined) throw new DomainError("NOT_FOUND");
      await mergeNeed(ctx, ends, { intoId: keep, reason });
      return doneAt(paths(ctx.locale).reviewNeed(idFrom(args, "id")), "done.needMerged");
    }),
  });

export default function Compare() {
  const t = useT();
  const at = paths(useLocale());
  const { both, stays, inTheWay } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const [{ need }] = both;
  return (
    <Page
      title={t("review.compareTitle")}
      lead={t("review.compareLead")}
      crumbs={[
        { label: t("review.title"), to: at.review() },
        { label: need.code, to: at.reviewNeed(need.id) },
      ]}
      wide
    >
      <div className="grid items-start gap-6 lg:grid-cols-2 elder:grid-cols-1">
        {both.map((page) => (
          <section key={page.need.id} aria-labelledby={page.need.id}>
            <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
              <h2 id={page.need.id} className="text-5">
                {page.need.code}
              </h2>
              <Tag tone={toneOfState(page.need.state)}>{t(`review.state_${page.need.state}`)}</Tag>
            </div>
            <NeedSummary {...page} inside />
            {page.household ? (
              <p className="mt-3">
                <LinkButton look="secondary" to={at.household(page.household.id)}>
                  {t("review.openRecord")}
                </LinkButton>
              </p>
            ) : null}
          </section>
        ))}
      </div>
      <p className="mt-3 text-2 text-muted">{t("review.noRecordsHere")}</p>
      {inTheWay ? (
        <div className="mt-6">
          <Notice>{t(inTheWay)}</Notice>
        </div>
      ) : (
        <MergeForm
          choices={both
            .filter((page) => stays.includes(page.need.id))
            .map((page) => ({ id: page.need.id, code: page.need.code, title: page.words?.title }))}
          reply={reply}
        />
      )}
    </Page>
  );
}
