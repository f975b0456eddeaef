import { myYear } from "~/domain/trace/myYear.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { pictureAnswer, shapeFrom } from "~/http/picture.server";
import { yearOfFile } from "~/http/yearOfGiving.server";
import { serverT } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { yearFigures } from "~/ui/giving/yearFigures";

/** The reader's own year as a picture to keep: figures, what was given most, and the way to the portal. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    shapeFrom(args);
    const { locale } = ctx;
    const year = await yearOfFile(args, ctx);
    const t = serverT(locale, ["year", "pictures"]);
    const found = await myYear(ctx, year);
    return pictureAnswer(
      args,
      ctx,
      {
        path: paths(locale).home(),
        label: t("year.pictureLabel"),
        title: t("year.pictureTitle", { year }),
        drawing: found.kinds[0]?.icon ?? undefined,
        figures: yearFigures(t, locale, found),
        invitation: t("pictures.siteScan"),
      },
      "its reader",
    );
  });
