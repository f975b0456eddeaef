import { DomainError } from "~/domain/kernel/errors";
import { giftPage } from "~/domain/trace/giftPage.server";
import { load } from "~/http/answer.server";
import { calendarResponse } from "~/http/calendar.server";
import type { RouteArgs } from "~/http/context.server";
import { codeFrom } from "~/http/ids.server";
import { nameIn } from "~/i18n/locales";
import { serverT } from "~/i18n/messages.server";
import { paths } from "~/paths";

/** The agreed joint day of one's own gift, for one's calendar. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { gift, jointDay } = await giftPage(ctx, codeFrom(args));
    const agreed = jointDay.current;
    if (agreed?.state !== "agreed") throw new DomainError("NOT_FOUND");
    const t = serverT(ctx.locale, ["jointDays"]);
    const { code } = gift;
    const { point, id, version, day } = agreed;
    const name = nameIn(ctx.locale, point);
    return calendarResponse(`${code}.ics`, {
      uid: `${id}@${new URL(ctx.publicUrl).hostname}`,
      version,
      day,
      stampedAt: ctx.now(),
      title: t("jointDays.entry", { code }),
      place: `${name} ${point.address}`,
      details: t("jointDays.entryDetails", { code, point: name, hours: point.hours, phone: point.phone }),
      url: ctx.publicUrl + paths(ctx.locale).gift(code),
    });
  });
