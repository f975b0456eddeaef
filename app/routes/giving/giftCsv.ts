import { giftPage } from "~/domain/trace/giftPage.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { csvResponse } from "~/http/csv.server";
import { codeFrom } from "~/http/ids.server";
import { isoMoment } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { serverT } from "~/i18n/messages.server";
import { roleKey } from "~/ui/shell/roleKey";

/** The whole path of one's own gift, for one's own records. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { gift, timeline } = await giftPage(ctx, codeFrom(args));
    const t = serverT(ctx.locale, ["gifts", "common", "journal", "identity"]);
    const corrected = ({ was, shall }: (typeof timeline)[number]["data"]) =>
      typeof was === "string" && typeof shall === "string"
        ? t("journal.momentCorrected", { was: isoMoment(new Date(was)), shall: isoMoment(new Date(shall)) })
        : "";
    const rows = timeline.map((step) => [
      isoMoment(step.at),
      t(`journal.${step.event.replace(".", "_")}` as MessageKey),
      step.quantity === null ? "" : String(step.quantity),
      t(roleKey(step.role)),
      [corrected(step.data), step.reason ? t(`journal.reason_${step.reason}` as MessageKey) : ""]
        .filter((text) => text !== "")
        .join(" "),
    ]);
    return csvResponse(
      ctx,
      `${gift.code}.csv`,
      [t("common.when"), t("gifts.csvWhat"), t("gifts.csvUnits"), t("gifts.csvRole"), t("common.reason")],
      rows,
    );
  });
