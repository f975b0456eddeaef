import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { releaseGift } from "~/domain/giving/changeGift.server";
import { daysToCollect } from "~/domain/giving/collecting/collection.server";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { lastChoices } from "~/domain/giving/queries.server";
import { ConfirmGiftInput } from "~/domain/giving/schemas";
import { isCompany } from "~/domain/identity/queries.server";
import { readPoints } from "~/domain/reference/queries.server";
import { heldGift } from "~/domain/trace/giftPage.server";
import { act, load } from "~/http/answer.server";
import { contextOf, type RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { codeFrom } from "~/http/ids.server";
import { button, form } from "~/http/pageForm.server";
import { signedIn } from "~/http/who.server";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { CollectFields } from "~/ui/giving/CollectFields";
import { GiftLines } from "~/ui/giving/GiftLines";
import { GivingChoices } from "~/ui/giving/GivingChoices";
import { ServicesNext } from "~/ui/giving/ServicesNext";
import { AskFirst } from "~/ui/primitives/AskFirst";
import { Button } from "~/ui/primitives/Button";
import { ChoiceField, SelectField } from "~/ui/primitives/Field";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Card, Notice, Page } from "~/ui/primitives/Page";
import { Stepper } from "~/ui/primitives/Stepper";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "giving.pleaseConfirmTitle", isStill: true, isOwn: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const code = codeFrom(args);
    const [held, points, byCompany, last] = await Promise.all([
      heldGift(ctx, code),
      readPoints(ctx),
      isCompany(ctx),
      lastChoices(ctx),
    ]);
    if (held.length === 0) throw redirect(paths(ctx.locale).gift(code));
    const home = points.find(({ town }) => town.code === held[0]?.townCode);
    return {
      held,
      points: points.map(({ point }) => ({ value: point.id, label: nameIn(ctx.locale, point) })),
      days: await daysToCollect(ctx.db, ctx),
      isCompany: byCompany,
      last,
      homePoint: home?.point.id,
      someGone: new URL(args.request.url).searchParams.has("gone"),
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["giving", "gifts", "wishes"]),
    };
  });

export async function action(args: RouteArgs) {
  const ctx = await contextOf(args);
  const code = codeFrom(args);
  const gift = paths(ctx.locale).gift(code);
  return act(args, signedIn, {
    default: form(ConfirmGiftInput, async (_ctx, input) => {
      const { trackToken } = await confirmGift(ctx, code, input);
      return redirect(`${gift}?new=${encodeURIComponent(trackToken)}`);
    }),
    release: button(async () => {
      await releaseGift(ctx, code);
      return doneAt(gift, "done.giftReleased");
    }),
  });
}

export default function Confirm() {
  const t = useT();
  const locale = useLocale();
  const { held, points, homePoint, someGone, requestKey, days, isCompany, last } =
    useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const services = held.filter((row) => row.pledge.kind === "service");
  const isService = services.length === held.length;
  const until = held[0]?.pledge.holdUntil;
  return (
    <Page
      title={t("giving.pleaseConfirmTitle")}
      lead={until ? t("giving.heldUntil", { time: moment(locale, until) }) : undefined}
    >
      <Stepper steps={[t("giving.stepChoose"), t("giving.stepConfirm"), t("giving.stepSend")]} now={2} />
      <div className="grid gap-6">
        {someGone ? <Notice tone="wait">{t("giving.someGone")}</Notice> : null}
        <Card>
          <GiftLines rows={held} />
        </Card>
        <form method="post" className="grid gap-6">
          <FormErrors reply={reply} />
          <RequestKey value={requestKey} reply={reply} />
          {isService ? (
            <input type="hidden" name="arrivalWay" value="in_person" />
          ) : (
            <div className="group/way grid gap-6">
              <ChoiceField
                name="arrivalWay"
                label={t("giving.arrivalWay")}
                reply={reply}
                {...(last.arrivalWay ? { defaultValue: last.arrivalWay } : {})}
                options={(["drop_off", "courier", "pick_up"] as const).map((way) => ({
                  value: way,
                  label: t(`giving.way_${way}`),
                }))}
              />
              {/* Without scripts too it shows only where it is asked; a browser that cannot look into the
                  form shows it always. */}
              <fieldset className="grid gap-4 rounded-md border-(length:--border) border-line p-4 supports-[selector(:has(*))]:hidden supports-[selector(:has(*))]:group-has-[[value=pick\_up]:checked]/way:grid">
                <legend className="px-1 font-semibold">{t("giving.collectLegend")}</legend>
                <CollectFields days={days} reply={reply} />
              </fieldset>
              <SelectField
                name="pointId"
                label={t("giving.point")}
                defaultValue={homePoint}
                reply={reply}
                options={points}
              />
            </div>
          )}
          <ServicesNext services={services} isAlone={isService} />
          <GivingChoices reply={reply} last={last} isCompany={isCompany} />
          <Button wide>{t("giving.confirm")}</Button>
        </form>
        <form method="post">
          <AskFirst
            name="intent"
            value="release"
            label={t("giving.release")}
            says={t("giving.releaseSays")}
          />
        </form>
      </div>
    </Page>
  );
}
