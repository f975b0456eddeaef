import { trackPage } from "~/domain/trace/giftPage.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { pictureAnswer, shapeFrom } from "~/http/picture.server";
import { money } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { serverT } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { giftName, unitOf } from "~/ui/giving/giftName";
import { dotsOfWays, moneyOfWays } from "~/ui/giving/wayDots";
import { dotWords } from "~/ui/primitives/unitWords";

/** A gift as a picture, of what its link shows and no more; whoever has the link has the picture. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    shapeFrom(args);
    const { locale } = ctx;
    const token = args.params["token"] ?? "";
    const { rows, offer, ways } = await trackPage(ctx, token);
    const t = serverT(locale, ["pictures", "gifts", "giving", "common"]);
    const dots = dotsOfWays(ways);
    const unit = unitOf(rows, offer);
    const given = moneyOfWays(ways);
    return pictureAnswer(
      args,
      ctx,
      {
        path: paths(locale).track(token),
        label: t("gifts.trackTitle"),
        title: giftName(t, locale, rows, offer) ?? t("gifts.trackTitle"),
        drawing: rows[0]?.icon ?? undefined,
        units: dots && { dots, words: dotWords(t, locale, dots, unit ? nameIn(locale, unit) : "") },
        figures: given && [
          { value: money(locale, given.spentFen), label: t("pictures.moneySpent") },
          { value: money(locale, given.givenFen), label: t("pictures.moneyOfGift") },
        ],
        invitation: t("pictures.giftScan"),
      },
      "its reader",
    );
  });
