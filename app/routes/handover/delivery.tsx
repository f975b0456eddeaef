import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { acknowledgeDelivery } from "~/domain/delivery/acknowledgeDelivery.server";
import { hearFeedback } from "~/domain/delivery/feedback.server";
import { markLost } from "~/domain/delivery/markLost.server";
import { momentsOfDelivery } from "~/domain/delivery/moments.server";
import { decidePhoto } from "~/domain/delivery/photos.server";
import { townDelivery } from "~/domain/delivery/queries.server";
import { AcknowledgeInput, DecidePhotoInput, LoseInput } from "~/domain/delivery/schemas";
import { remaining } from "~/domain/delivery/states";
import { HearFeedbackForm } from "~/domain/giving/serviceVisitSchemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { momentIntent } from "~/http/corrections.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { staff } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { AcknowledgeForm } from "~/ui/handover/AcknowledgeForm";
import { DeliveryWay } from "~/ui/handover/DeliveryWay";
import { FeedbackForm } from "~/ui/handover/FeedbackForm";
import { LoseForm } from "~/ui/handover/LoseForm";
import { ProofShown } from "~/ui/handover/ProofShown";
import { CorrectMoments } from "~/ui/moments/CorrectMoments";
import { LinkButton } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page, Section } from "~/ui/primitives/Page";
import { replyTo } from "~/ui/primitives/replyTo";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { DeliveryTag } from "~/ui/store/DeliveryTag";
import { ThingCard } from "~/ui/store/ThingCard";
import { thing } from "~/ui/store/things";

export const handle: PageHandle = { title: "handover.townTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await townDelivery(ctx, idFrom(args, "id"))),
    now: localInput(ctx.now()),
    requestKey: ctx.newId(),
    moments: await momentsOfDelivery(ctx, idFrom(args, "id")),
    momentKey: ctx.newId(),
    messages: messagesFor(ctx.locale, ["store", "moments", "handover", "journal", "identity"]),
  }));

export const action = (args: RouteArgs) => {
  const id = idFrom(args, "id");
  const back = (ctx: { locale: Parameters<typeof paths>[0] }, key: DoneKey) =>
    doneAt(paths(ctx.locale).delivery(id), key);
  return act(args, staff, {
    said: form(AcknowledgeInput, async (ctx, input) =>
      acknowledgeDelivery(ctx, id, input).then(() => back(ctx, "done.wordsNoted")),
    ),
    photo: form(DecidePhotoInput, (ctx, input) =>
      decidePhoto(ctx, id, input).then(() => back(ctx, "done.photoDecided")),
    ),
    feedback: form(HearFeedbackForm, (ctx, input) =>
      hearFeedback(ctx, { ...input, deliveryId: id }).then(() => back(ctx, "done.wordsNoted")),
    ),
    ...momentIntent((at) => at.delivery(id)),
    lose: form(LoseInput, (ctx, input) => markLost(ctx, id, input).then(() => back(ctx, "done.lossNoted"))),
  });
};

export default function TownDelivery() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { delivery, items, heard, steps, handover, role, isDeliverer, now, requestKey, moments, momentKey } =
    useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const replyIn = (form: "said" | "feedback" | "lose") => replyTo(reply, "intent", form);
  const mayShow = !isDeliverer && ["packed", "dispatched", "failed_attempt"].includes(delivery.state);
  const left = items.filter(({ item }) => remaining(item) > 0n);
  return (
    <Page
      title={t("store.parcelTitle", { code: delivery.code })}
      lead={t("store.parcelFor", {
        who: delivery.pseudonym ?? t("store.somebody"),
        town: nameIn(locale, delivery.town),
      })}
      crumbs={[{ label: t("handover.townTitle"), to: at.deliveries() }]}
    >
      <div className="grid gap-5">
        <FormErrors reply={reply} />
        <p className="flex flex-wrap items-center gap-2">
          <DeliveryTag delivery={delivery} />
          {delivery.courier ? (
            <span className="text-2 text-muted">{t("store.carriedBy", { name: delivery.courier })}</span>
          ) : null}
        </p>
        {items.map((row) => (
          <ThingCard
            key={row.item.id}
            icon={row.icon}
            name={thing(locale, row, row.item.quantity)}
            details={row.details}
          />
        ))}
        {mayShow ? (
          <LinkButton wide to={at.slip(delivery.id)}>
            {t("handover.toSlip")}
          </LinkButton>
        ) : null}
        {delivery.state === "handed_over" && !isDeliverer ? (
          <AcknowledgeForm now={now} reply={replyIn("said")} />
        ) : null}
        {handover ? <ProofShown handover={handover} mayDecide={role === "operator" && !isDeliverer} /> : null}
        {delivery.state === "handed_over" || delivery.state === "confirmed" ? (
          <FeedbackForm heard={heard} now={now} requestKey={requestKey} reply={replyIn("feedback")} />
        ) : null}
        {delivery.householdId ? (
          <Link
            to={at.household(delivery.householdId)}
            className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
          >
            {t("handover.openRecord")}
          </Link>
        ) : null}
        <Section title={t("handover.way")}>
          <DeliveryWay steps={steps} />
        </Section>
        <CorrectMoments moments={moments} now={now} requestKey={momentKey} reply={reply} />
        {role === "operator" &&
        !isDeliverer &&
        left.length > 0 &&
        delivery.state !== "packed" &&
        delivery.state !== "cancelled" ? (
          <LoseForm rows={left} now={now} requestKey={requestKey} reply={replyIn("lose")} />
        ) : null}
      </div>
    </Page>
  );
}
