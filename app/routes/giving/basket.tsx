import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { wholeNumber } from "~/domain/kernel/typed/wholeNumber";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { basketLines, linesOfFilter } from "~/domain/giving/queries.server";
import { isReadWhole, readFilter } from "~/domain/needs/wishFilter";
import { act, load } from "~/http/answer.server";
import { basketCookie, readBasket, withLine } from "~/http/basket.server";
import { limit } from "~/domain/kernel/limits.server";
import type { RouteArgs } from "~/http/context.server";
import { replyOf } from "~/http/reply";
import { anybody } from "~/http/who.server";
import { say } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { money } from "~/i18n/format";
import { paths } from "~/paths";
import { BasketRow } from "~/ui/giving/BasketRow";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Card, EmptyState, Notice, Page } from "~/ui/primitives/Page";
import { Stepper } from "~/ui/primitives/Stepper";
import { useRoot } from "~/ui/shell/useRoot";

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

const Input = z.object({
  intent: z.enum(["add", "change", "remove", "claim_list", "submit"]),
  line: z.uuid().optional(),
  quantity: wholeNumber({ least: 0, most: 100_000 }).optional(),
  filter: z
    .string()
    .max(500)
    .refine((text) => isReadWhole(new URLSearchParams(text)), say("common.choiceUnknown"))
    .optional(),
  requestKey: z.uuid().optional(),
});

export const action = (args: RouteArgs) =>
  act(args, anybody, Input, async (ctx, input) => {
    const secure = ctx.publicUrl.startsWith("https:");
    const basket = readBasket(args.request);
    const at = paths(ctx.locale);
    const keep = (lines: ReturnType<typeof readBasket>) =>
      redirect(at.basket(), { headers: { "Set-Cookie": basketCookie(lines, { secure }) } });
    if (input.intent === "claim_list")
      return keep(
        (await linesOfFilter(ctx, readFilter(new URLSearchParams(input.filter)))).reduce(
          (lines, line) => withLine(lines, line.lineId, line.quantity),
          basket,
        ),
      );
    if (input.intent !== "submit")
      return input.line === undefined
        ? keep(basket)
        : keep(withLine(basket, input.line, input.intent === "remove" ? 0 : (input.quantity ?? 1)));
    const lines = basket.map((entry) => ({ lineId: entry.lineId, quantity: BigInt(entry.quantity) }));
    const { giftCode, gone } = await pledgeItems(ctx, { lines, requestKey: input.requestKey ?? ctx.newId() });
    const headers = { "Set-Cookie": basketCookie([], { secure }) };
    return redirect(at.confirmGift(giftCode) + (gone.length > 0 ? "?gone=1" : ""), { headers });
  });

export default function Basket() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { rows, hours, requestKey } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  const user = useRoot()?.user;
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
          {user ? (
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
