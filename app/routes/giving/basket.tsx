import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { basketLines, linesOfFilter } from "~/domain/giving/queries.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { RequestKey as RequestKeyInput } from "~/domain/kernel/requestKey";
import { wholeNumber } from "~/domain/kernel/typed/wholeNumber";
import { isReadWhole, readFilter } from "~/domain/needs/wishFilter";
import { act, load } from "~/http/answer.server";
import { basketCookie, type BasketLine, readBasket, withLine } from "~/http/basket.server";
import type { RouteArgs } from "~/http/context.server";
import { form } from "~/http/pageForm.server";
import { anybody } from "~/http/who.server";
import { money } from "~/i18n/format";
import { say } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { BasketRow } from "~/ui/giving/BasketRow";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Card, EmptyState, Notice, Page } from "~/ui/primitives/Page";
import { Stepper } from "~/ui/primitives/Stepper";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { useRoot } from "~/ui/shell/useRoot";

export const handle: PageHandle = { title: "giving.basketTitle" };

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
      messages: messagesFor(ctx.locale, ["giving", "wishes"]),
    };
  });

const Line = z.object({ line: z.uuid() });
const LineOf = Line.extend({ quantity: wholeNumber({ least: 0, most: 100_000 }).optional() });
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
    claim_list: form(WholeList, async (ctx, { filter }) => {
      const claimed = await linesOfFilter(ctx, readFilter(new URLSearchParams(filter)));
      return keep(
        ctx,
        claimed.reduce((lines, { lineId, quantity }) => withLine(lines, lineId, quantity), basket),
      );
    }),
    submit: form(z.object({ requestKey: RequestKeyInput }), async (ctx, { requestKey }) => {
      const lines = basket.map((entry) => ({ lineId: entry.lineId, quantity: BigInt(entry.quantity) }));
      const { giftCode, gone } = await pledgeItems(ctx, { lines, requestKey });
      const next = paths(ctx.locale).confirmGift(giftCode) + (gone.length > 0 ? "?gone=1" : "");
      return redirect(next, cookie(ctx, []));
    }),
  });
};

export default function Basket() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { rows, hours, requestKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const isSignedIn = useRoot()?.frame.roles !== undefined;
  const sum = rows.reduce(
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
      <Card className="mt-6">
        <p className="tabular flex justify-between text-4 font-semibold">
          <span>{t("common.total")}</span>
          <span>{t("giving.totalValue", { sum: money(locale, sum) })}</span>
        </p>
        <div className="mt-4">
          {isSignedIn ? (
            <Form method="post">
              <RequestKey value={requestKey} reply={reply} />
              <Button name="intent" value="submit" wide>
                {t("giving.submitBasket")}
              </Button>
            </Form>
          ) : (
            <Notice>
              <p>{t("giving.signInFirst")}</p>
              <p className="mt-2 flex flex-wrap gap-3">
                <LinkButton to={at.signIn(at.basket())}>{t("shell.signIn")}</LinkButton>
                <LinkButton look="secondary" to={at.signUp(at.basket())}>
                  {t("giving.signUpFirst")}
                </LinkButton>
              </p>
            </Notice>
          )}
        </div>
      </Card>
    </Page>
  );
}
