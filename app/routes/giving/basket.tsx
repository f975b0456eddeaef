import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { basketLines, linesOfFilter } from "~/domain/giving/queries.server";
import { textsReach } from "~/domain/identity/entryMessages.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { RequestKey as RequestKeyInput } from "~/domain/kernel/requestKey";
import { wholeNumber } from "~/domain/kernel/typed/wholeNumber";
import { isReadWhole, readFilter } from "~/domain/needs/wishFilter";
import { act, load } from "~/http/answer.server";
import { basketCookie, type BasketLine, readBasket, withLine } from "~/http/basket.server";
import type { RouteArgs } from "~/http/context.server";
import { emptyBasket, holdBasket } from "~/http/holdBasket.server";
import { form } from "~/http/pageForm.server";
import { anybody } from "~/http/who.server";
import { say } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { BasketRow } from "~/ui/giving/BasketRow";
import { BasketTotal } from "~/ui/giving/BasketTotal";
import { AskFirst } from "~/ui/primitives/AskFirst";
import { LinkButton } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { EmptyState, Page } from "~/ui/primitives/Page";
import { Stepper } from "~/ui/primitives/Stepper";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "giving.basketTitle", isStill: true, isOwn: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const basket = readBasket(args.request);
    const lines = await basketLines(
      ctx,
      basket.map((entry) => entry.lineId),
    );
    const rows = basket.map((entry) => ({
      ...entry,
      found: lines.find(({ line }) => line.id === entry.lineId),
    }));
    return {
      rows,
      hours: await limit(ctx.db, ctx, "holdHours"),
      requestKey: ctx.newId(),
      phoneToo: ctx.actor.kind === "visitor" && (await textsReach(ctx)),
      messages: messagesFor(ctx.locale, ["giving", "wishes", "account"]),
    };
  });

const Line = z.object({ line: z.uuid() });
const LineOf = Line.extend({ quantity: wholeNumber({ least: 0, most: 100_000 }).optional() });
const Submitted = z.object({ requestKey: RequestKeyInput });
const WholeList = z.object({
  filter: z
    .string()
    .max(500)
    .refine((text) => isReadWhole(new URLSearchParams(text)), say("common.choiceUnknown"))
    .optional(),
});

export const action = (args: RouteArgs) => {
  const basket = readBasket(args.request);
  const cookie = (ctx: UseCaseContext, lines: readonly BasketLine[]) => ({
    headers: { "Set-Cookie": basketCookie(lines, { secure: ctx.publicUrl.startsWith("https:") }) },
  });
  const keep = (ctx: UseCaseContext, lines: readonly BasketLine[]) =>
    Promise.resolve(redirect(paths(ctx.locale).basket(), cookie(ctx, lines)));
  const put = form(LineOf, (ctx, { line, quantity = 1 }) => keep(ctx, withLine(basket, line, quantity)));
  return act(args, anybody, {
    add: put,
    change: put,
    remove: form(Line, (ctx, { line }) => keep(ctx, withLine(basket, line, 0))),
    empty: form(z.object({}), (ctx) => keep(ctx, [])),
    claim_list: form(WholeList, async (ctx, { filter }) => {
      const claimed = await linesOfFilter(ctx, readFilter(new URLSearchParams(filter)));
      return keep(
        ctx,
        claimed.reduce((lines, { lineId, quantity }) => withLine(lines, lineId, quantity), basket),
      );
    }),
    submit: form(Submitted, async (ctx, { requestKey }) => {
      const { next } = await holdBasket(args, ctx, requestKey);
      return redirect(next, { headers: { "Set-Cookie": emptyBasket(ctx) } });
    }),
  });
};

export default function Basket() {
  const t = useT();
  const at = paths(useLocale());
  const { rows, hours, requestKey, phoneToo } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const sumFen = rows.reduce(
    (total, row) => total + (row.found ? row.found.line.unitPriceFen * BigInt(row.quantity) : 0n),
    0n,
  );
  if (rows.length === 0) {
    return (
      <Page title={t("giving.basketTitle")}>
        <FormErrors reply={reply} />
        <EmptyState
          title={t("giving.basketEmptyTitle")}
          action={<LinkButton to={at.wishes()}>{t("wishes.title")}</LinkButton>}
        >
          {t("giving.basketEmptyText")}
        </EmptyState>
      </Page>
    );
  }

  return (
    <Page title={t("giving.basketTitle")} lead={t("giving.basketLead", { hours })}>
      <Stepper steps={[t("giving.stepChoose"), t("giving.stepConfirm"), t("giving.stepSend")]} now={1} />
      <FormErrors reply={reply} />
      <ul className="mt-4 grid gap-4">
        {rows.map((row) => (
          <BasketRow key={row.lineId} row={row} />
        ))}
      </ul>
      <BasketTotal sumFen={sumFen} requestKey={requestKey} hours={hours} phoneToo={phoneToo} reply={reply} />
      <div className="mt-6 flex flex-wrap items-start gap-3">
        <LinkButton look="secondary" to={at.wishes()}>
          {t("giving.goOnChoosing")}
        </LinkButton>
        <form method="post">
          <AskFirst
            label={t("giving.emptyBasket")}
            says={t("giving.emptyBasketSays")}
            name="intent"
            value="empty"
          />
        </form>
      </div>
    </Page>
  );
}
