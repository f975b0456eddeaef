import { data } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { townDelivery } from "~/domain/delivery/queries.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import { DomainError } from "~/domain/kernel/errors";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { idFrom } from "~/http/ids.server";
import { button } from "~/http/pageForm.server";
import { drawQr } from "~/http/qr.server";
import { staff } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Slip } from "~/ui/handover/Slip";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Notice, Page } from "~/ui/primitives/Page";
import { PrintButton } from "~/ui/primitives/PrintButton";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "handover.slipTitle" };

const NEVER_KEPT = { "Cache-Control": "private, no-store", "Referrer-Policy": "same-origin" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { delivery, items, isDeliverer } = await townDelivery(ctx, idFrom(args, "id"));
    if (isDeliverer) throw new DomainError("FOUR_EYES");
    return {
      id: delivery.id,
      code: delivery.code,
      shownBefore: delivery.secretShown,
      things: items,
      messages: messagesFor(ctx.locale, ["store", "handover"]),
    };
  });

/**
 * Answers with the secret in the page itself, never by redirect: it stands in no address, and is kept only as
 * hashes.
 */
export const action = (args: RouteArgs) =>
  act(args, staff, {
    default: button(async (ctx) => {
      const { token, digits } = await showSecret(ctx, idFrom(args, "id"));
      const qr = drawQr(ctx.publicUrl + paths("zh-Hans").scanSlip(token));
      return data({ secret: { digits, qr } }, { headers: NEVER_KEPT });
    }),
  });

export const headers = ({ actionHeaders }: { actionHeaders: Headers }) => actionHeaders;

export default function SlipPage() {
  const t = useT();
  const at = paths(useLocale());
  const { id, code, shownBefore, things } = useLoaderData<typeof loader>();
  const { secret, reply } = useActionData<typeof action>() ?? {};
  return (
    <Page
      title={t("handover.slipTitle")}
      lead={t("handover.slipLead")}
      crumbs={[{ label: t("store.parcelTitle", { code }), to: at.delivery(id) }]}
    >
      {secret ? (
        <>
          <div className="no-print mb-5">
            <Notice tone="wait">{t("handover.slipOnce")}</Notice>
          </div>
          <Slip code={code} digits={secret.digits} qr={secret.qr} things={things} />
          <div className="no-print mt-6 grid gap-3">
            <PrintButton wide />
            <LinkButton wide look="secondary" to={at.delivery(id)}>
              {t("handover.slipBack")}
            </LinkButton>
          </div>
        </>
      ) : (
        <Form method="post" className="grid gap-5">
          <FormErrors reply={reply} />
          {shownBefore ? <Notice tone="wait">{t("handover.slipShownBefore")}</Notice> : null}
          <Button wide>{t(shownBefore ? "handover.slipMakeAgain" : "handover.slipMake")}</Button>
        </Form>
      )}
    </Page>
  );
}
