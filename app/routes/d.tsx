import { data } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { labelOf } from "~/domain/delivery/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { codeFrom } from "~/http/ids.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "~/ui/primitives/Button";
import { Notice, Page, Tag } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { useRoot } from "~/ui/shell/useRoot";

export const handle: PageHandle = { title: "handover.publicTitle" };

/** What a label says to whoever scans it: that the goods are on their way, and nothing else. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) =>
    data(
      { ...(await labelOf(ctx, codeFrom(args, "label"))), messages: messagesFor(ctx.locale, ["handover"]) },
      { headers: { "Cache-Control": "private, no-store", "X-Robots-Tag": "noindex" } },
    ),
  );

export const headers = ({ loaderHeaders }: { loaderHeaders: Headers }) => loaderHeaders;

export default function PublicLabel() {
  const t = useT();
  const at = paths(useLocale());
  const phone = useRoot()?.place.phoneLine ?? "";
  const { deliverId, storeId, label } = useLoaderData<typeof loader>();
  return (
    <Page title={t("handover.publicTitle")}>
      <div className="grid gap-5">
        <p>
          <Tag tone="info">{t("handover.inTransit")}</Tag>
        </p>
        <p className="text-4">{t("handover.publicText")}</p>
        <Notice>
          {t("handover.publicFound")}{" "}
          <a href={`tel:${phone}`} className="inline-flex min-h-tap items-center font-semibold underline">
            {phone}
          </a>
        </Notice>
        {deliverId ? (
          <LinkButton to={at.deliverParcel(deliverId)}>{t("handover.goDeliver")}</LinkButton>
        ) : null}
        {storeId ? <LinkButton to={at.storeParcel(storeId)}>{t("handover.goStore")}</LinkButton> : null}
        {label ? <LinkButton to={at.label(label)}>{t("handover.goLabel")}</LinkButton> : null}
      </div>
    </Page>
  );
}
