import { organisationPage } from "~/domain/trace/organisationPage.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { entryCodeFrom } from "~/http/ids.server";
import { pictureAnswer, shapeFrom } from "~/http/picture.server";
import { nameIn } from "~/i18n/locales";
import { serverT } from "~/i18n/messages.server";
import { paths } from "~/paths";

/** An organisation as a picture to send: its name, and the way to what it asks for. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    shapeFrom(args);
    const { locale } = ctx;
    const { organisation } = await organisationPage(ctx, entryCodeFrom(args));
    const t = serverT(locale, ["pictures"]);
    return pictureAnswer(
      args,
      ctx,
      {
        path: paths(locale).publicOrganisation(organisation.creditCode),
        label: t("pictures.organisation"),
        title: nameIn(locale, organisation),
        invitation: t("pictures.organisationScan"),
      },
      "everybody",
    );
  });
