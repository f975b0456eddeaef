import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { keepPhoto, waitingPhotos } from "~/domain/delivery/photos.server";
import { carriedDelivery } from "~/domain/delivery/queries.server";
import { HandoverForm } from "~/domain/delivery/schemas";
import { DomainError } from "~/domain/kernel/errors";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { staff } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { HandoverFields } from "~/ui/handover/HandoverFields";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "handover.handOverTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const parcel = await carriedDelivery(ctx, idFrom(args, "id"));
    if (parcel.delivery.state !== "dispatched") throw new DomainError("WRONG_STATE");
    const { address: _notHere, ...shown } = parcel;
    return {
      ...shown,
      photos: await waitingPhotos(ctx, parcel.delivery.id),
      now: localInput(ctx.now()),
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["store", "handover"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(
    args,
    staff,
    {
      default: form(HandoverForm, async (ctx, { picture, ...input }) => {
        const deliveryId = idFrom(args, "id");
        const { file, keptId } = picture ?? {};
        const purpose = input.proof === "photo" ? "handover_photo" : "signed_list";
        const fileId = file
          ? (
              await keepPhoto(ctx, {
                deliveryId,
                purpose,
                bytes: new Uint8Array(await file.arrayBuffer()),
                requestKey: input.requestKey,
              })
            ).fileId
          : keptId;
        await confirmHandover(ctx, deliveryId, { ...input, ...(fileId === undefined ? {} : { fileId }) });
        return doneAt(paths(ctx.locale).deliverParcel(deliveryId), "done.handedOver");
      }),
    },
    { files: true },
  );

/** After a refusal the page counts the tries anew. */
export const shouldRevalidate = () => true;

export default function HandOver() {
  const t = useT();
  const at = paths(useLocale());
  const { delivery, items, witnesses, triesLeft, filedByMe, isGroup, photos, now, requestKey } =
    useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  return (
    <Page
      title={t("handover.handOverTitle")}
      lead={t("handover.handOverLead")}
      crumbs={[{ label: t("store.parcelTitle", { code: delivery.code }), to: at.deliverParcel(delivery.id) }]}
    >
      <Form method="post" encType="multipart/form-data" className="grid gap-6">
        <FormErrors reply={reply} />
        <HandoverFields
          items={items}
          witnesses={witnesses}
          triesLeft={triesLeft}
          filedByMe={filedByMe}
          isGroup={isGroup}
          photos={photos}
          now={now}
          reply={reply}
        />
        <RequestKey value={requestKey} reply={reply} />
      </Form>
    </Page>
  );
}
