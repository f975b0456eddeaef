import { DomainError } from "~/domain/kernel/errors";
import { readWish } from "~/domain/needs/queries.server";
import { kindOfNeed, threeNumbers, unitLines } from "~/domain/needs/states";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { codeFrom } from "~/http/ids.server";
import { pictureAnswer, shapeFrom } from "~/http/picture.server";
import { money } from "~/i18n/format";
import { kindBefore, nameIn, wordsIn } from "~/i18n/locales";
import { serverT } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { unitName } from "~/ui/needs/unitName";
import { dotsOf, dotWords } from "~/ui/primitives/unitWords";

/** A wish as a picture to send and to keep: the thing, the town and where its units are; nobody's name. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    shapeFrom(args);
    const { locale } = ctx;
    const wish = await readWish(ctx, codeFrom(args));
    if (!wish) throw new DomainError("NOT_FOUND");
    const t = serverT(locale, ["pictures", "common"]);
    const [thing] = unitLines(wish.lines);
    const { claimed, requested } = threeNumbers(wish.lines);
    const dots = dotsOf(threeNumbers(unitLines(wish.lines)));
    return pictureAnswer(
      args,
      ctx,
      {
        path: paths(locale).wish(wish.code),
        label: t("pictures.wish"),
        title: kindBefore(locale, kindOfNeed(wish.lines)) + wordsIn(locale, wish.titleHans, wish.titleHant),
        place: wish.town && nameIn(locale, wish.town),
        drawing: (thing ?? wish.lines[0])?.icon ?? "coin",
        units: thing && {
          dots,
          words: dotWords(t, locale, dots, unitName(locale, thing.unit, thing.requested)),
        },
        figures: thing
          ? undefined
          : [
              { value: money(locale, claimed), label: t("pictures.moneyGiven") },
              { value: money(locale, requested), label: t("pictures.moneyAsked") },
            ],
        invitation: t("pictures.wishScan"),
      },
      "everybody",
    );
  });
