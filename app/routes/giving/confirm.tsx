import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { readPoints } from "~/domain/directory/queries.server";
import { releaseGift } from "~/domain/giving/changeGift.server";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { giftPage } from "~/domain/giving/queries.server";
import { ConfirmGiftInput } from "~/domain/giving/schemas";
import { act, load } from "~/http/answer.server";
import { contextOf, type RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { replyOf } from "~/http/reply";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { GiftLines } from "~/ui/giving/GiftLines";
import { GivingChoices } from "~/ui/giving/GivingChoices";
import { AskFirst } from "~/ui/primitives/AskFirst";
import { Button } from "~/ui/primitives/Button";
import { ChoiceField, SelectField } from "~/ui/primitives/Field";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Card, Notice, Page } from "~/ui/primitives/Page";
import { Stepper } from "~/ui/primitives/Stepper";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const page = await giftPage(ctx, args.params["code"] ?? "");
    const held = page.rows.filter((row) => row.pledge.state === "promised");
    if (held.length === 0) throw redirect(paths(ctx.locale).gift(page.gift.code));
    const points = await readPoints(ctx.db);
    const home = points.find(({ town }) => town.code === held[0]?.townCode);
    return {
      held,
      points,
      homePoint: home?.point.id,
      someGone: new URL(args.request.url).searchParams.has("gone"),
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["giving", "gifts", "wishes"]),
    };
  });

export async function action(args: RouteArgs) {
  const ctx = await contextOf(args);
  const code = args.params["code"] ?? "";
  const gift = paths(ctx.locale).gift(code);
  return act(
    args,
    ConfirmGiftInput,
    async (_ctx, input) => {
      const { trackToken } = await confirmGift(ctx, code, input);
      return redirect(`${gift}?new=${encodeURIComponent(trackToken)}`);
    },
    {
      release: async () => {
        await releaseGift(ctx, code);
        return doneAt(gift, "done.giftReleased");
      },
    },
  );
}

export default function Confirm() {
  const t = useT();
  const locale = useLocale();
  const { held, points, homePoint, someGone, requestKey } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  const isService = held.every((row) => row.pledge.kind === "service");
  const ways = isService ? ["in_person"] : ["drop_off", "courier", "pick_up"];
  const until = held[0]?.pledge.holdUntil;
  return (
    <Page title={t("giving.pleaseConfirmTitle")} lead={until ? t("giving.heldUntil", { time: moment(locale, until) }) : undefined}>
      <Stepper steps={[t("giving.stepChoose"), t("giving.stepConfirm"), t("giving.stepSend")]} now={2} />
      <div className="grid gap-6">
        {someGone ? <Notice tone="wait">{t("giving.someGone")}</Notice> : null}
        <Card>
          <GiftLines rows={held} />
        </Card>
        <Form method="post" className="grid gap-6">
          <FormErrors reply={reply} />
          <RequestKey value={requestKey} reply={reply} />
          <ChoiceField
            name="arrivalWay"
            label={t("giving.arrivalWay")}
            reply={reply}
            {...(isService ? { defaultValue: "in_person" } : {})}
            options={ways.map((way) => ({ value: way, label: t(`giving.way_${way}` as MessageKey) }))}
          />
          {isService ? null : (
            <SelectField
              name="pointId"
              label={t("giving.point")}
              defaultValue={homePoint}
              reply={reply}
              options={points.map(({ point }) => ({ value: point.id, label: nameIn(locale, point) }))}
            />
          )}
          <GivingChoices reply={reply} />
          <Button wide>{t("giving.confirm")}</Button>
        </Form>
        <Form method="post">
          <AskFirst name="intent" value="release" label={t("giving.release")} says={t("giving.releaseSays")} />
        </Form>
      </div>
    </Page>
  );
}
