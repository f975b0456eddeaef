import { liveNumbers } from "~/domain/trace/frontPage.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { pictureAnswer, shapeFrom } from "~/http/picture.server";
import { count } from "~/i18n/format";
import { serverT } from "~/i18n/messages.server";
import { paths } from "~/paths";

/** The portal as a picture: what it is for, and its three numbers as they stand. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    shapeFrom(args);
    const { locale } = ctx;
    const t = serverT(locale, ["pictures", "shell", "home"]);
    const { open, claimed, delivered } = await liveNumbers(ctx);
    return pictureAnswer(
      args,
      ctx,
      {
        path: paths(locale).home(),
        label: t("pictures.site"),
        title: t("shell.tagline"),
        figures: [
          { value: count(locale, open), label: t("home.numberOpen") },
          { value: count(locale, claimed), label: t("home.numberClaimed") },
          { value: count(locale, delivered), label: t("home.numberDelivered") },
        ],
        invitation: t("pictures.siteScan"),
      },
      "everybody",
    );
  });
