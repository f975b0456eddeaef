import { data } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { carriedDelivery } from "~/domain/delivery/queries.server";
import { deliveryOfToken } from "~/domain/delivery/showSecret.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { HandoverFields } from "~/ui/handover/HandoverFields";
import { RequestKey } from "~/ui/primitives/FormParts";
import { Notice, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { useRoot } from "~/ui/shell/useRoot";

export const handle: PageHandle = { title: "handover.scanTitle" };

/**
 * The slip's QR: to the one who carries this very parcel it opens the handover; to everybody else it says
 * what the paper is.
 */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const token = (args.params["token"] ?? "").slice(0, 80);
    const id = await deliveryOfToken(ctx, token);
    const messages = messagesFor(ctx.locale, ["store", "handover"]);
    const parcel = id === undefined ? undefined : await carriedDelivery(ctx, id);
    const { address: _notHere, ...shown } = parcel ?? { address: undefined };
    const open =
      "delivery" in shown && shown.delivery.state === "dispatched" ? { ...shown, token } : undefined;
    return data(
      { open, now: localInput(ctx.now()), requestKey: ctx.newId(), messages },
      {
        headers: {
          "Cache-Control": "private, no-store",
          "Referrer-Policy": "same-origin",
          "X-Robots-Tag": "noindex",
        },
      },
    );
  });

export const headers = ({ loaderHeaders }: { loaderHeaders: Headers }) => loaderHeaders;

export default function ScannedSlip() {
  const t = useT();
  const at = paths(useLocale());
  const phone = useRoot()?.place.phoneLine ?? "";
  const { open, now, requestKey } = useLoaderData<typeof loader>();
  if (!open)
    return (
      <Page title={t("handover.scanTitle")} lead={t("handover.scanText")}>
        <Notice tone="wait">
          <p>{t("handover.scanKeep")}</p>
          <p className="mt-2">
            {t("handover.slipCall")}{" "}
            <a href={`tel:${phone}`} className="inline-flex min-h-tap items-center font-semibold underline">
              {phone}
            </a>
          </p>
        </Notice>
      </Page>
    );
  return (
    <Page
      title={t("handover.handOverTitle")}
      lead={t("handover.handOverLead")}
      crumbs={[
        {
          label: t("store.parcelTitle", { code: open.delivery.code }),
          to: at.deliverParcel(open.delivery.id),
        },
      ]}
    >
      <Form
        method="post"
        action={at.handOver(open.delivery.id)}
        encType="multipart/form-data"
        className="grid gap-6"
      >
        <HandoverFields
          items={open.items}
          witnesses={open.witnesses}
          triesLeft={open.triesLeft}
          filedByMe={open.filedByMe}
          isGroup={open.isGroup}
          now={now}
          reply={undefined}
          token={open.token}
        />
        <RequestKey value={requestKey} />
      </Form>
    </Page>
  );
}
