import { useActionData, useLoaderData } from "@remix-run/react";
import { proposeCorrection } from "~/domain/delivery/correctCount.server";
import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { correctableOf } from "~/domain/delivery/moments.server";
import { CorrectCountInput, InspectForm as InspectSchema } from "~/domain/delivery/schemas";
import { parcelToInspect } from "~/domain/delivery/storeQueries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { correctionIntents, momentIntent } from "~/http/corrections.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { CorrectMoments } from "~/ui/moments/CorrectMoments";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { CorrectCount } from "~/ui/store/CorrectCount";
import { CorrectionCard } from "~/ui/store/CorrectionCard";
import { InspectPart } from "~/ui/store/InspectPart";
import { ThingCard } from "~/ui/store/ThingCard";
import { thingName, unitName } from "~/ui/store/things";

export const handle: PageHandle = { title: "store.inspectTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await parcelToInspect(ctx, idFrom(args, "parcelId"))),
    now: localInput(ctx.now()),
    requestKey: ctx.newId(),
    correctKey: ctx.newId(),
    moments: await correctableOf(ctx, idFrom(args, "parcelId"), ["counted", "inspected"]),
    momentKey: ctx.newId(),
    messages: messagesFor(ctx.locale, ["store", "moments"]),
  }));

export const action = (args: RouteArgs) =>
  act(args, asOneOf("storekeeper", "operator"), {
    default: form(InspectSchema, async (ctx, input) => {
      const { label } = await inspectParcel(ctx, idFrom(args, "parcelId"), input);
      return label === null
        ? doneAt(paths(ctx.locale).point(), "done.parcelRefused")
        : doneAt(paths(ctx.locale).label(label), "done.parcelInspected");
    }),
    correct: form(CorrectCountInput, async (ctx, input) => {
      const parcelId = idFrom(args, "parcelId");
      await proposeCorrection(ctx, parcelId, input);
      return doneAt(paths(ctx.locale).inspect(parcelId), "done.correctionProposed");
    }),
    ...momentIntent((at) => at.inspect(idFrom(args, "parcelId"))),
    ...correctionIntents((at) => at.inspect(idFrom(args, "parcelId"))),
  });

export default function Inspect() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const page = useLoaderData<typeof loader>();
  const { parcel, unit, needCode, offered, bought, inspection, corrections } = page;
  const reply = useActionData<typeof action>()?.reply;
  const isCorrection = reply?.values["intent"] === "correct" || reply?.values["intent"] === "correctMoment";
  const nothingCame = parcel.counted === 0n && !inspection;
  const canCorrect = corrections.length === 0 && (inspection ? inspection.label !== null : !nothingCame);
  return (
    <Page
      title={t("store.inspectTitle")}
      lead={t("store.inspectLead")}
      crumbs={[{ label: t("store.toInspect"), to: at.point(parcel.pointId) }]}
    >
      <div className="grid gap-5">
        <ThingCard
          icon={page.icon}
          name={page.itemHans === null ? (offered ?? "") : thingName(locale, page)}
          details={page.details}
        >
          {t("store.parcelCounted", {
            n: String(parcel.counted),
            unit: unitName(locale, unit, parcel.counted),
          })}
          {needCode ? ` · ${t("store.forWish", { code: needCode })}` : null}
          {bought ? ` · ${bought.code}` : null}
        </ThingCard>
        {corrections.length > 0 ? (
          <ul className="grid gap-4">
            {corrections.map((waiting) => (
              <CorrectionCard key={waiting.correction.id} row={waiting} />
            ))}
          </ul>
        ) : null}
        <InspectPart {...page} reply={isCorrection ? undefined : reply} />
        {isCorrection || inspection ? <FormErrors reply={reply} /> : null}
        {canCorrect ? (
          <CorrectCount
            stage={inspection ? "inspected" : "counted"}
            was={inspection ? inspection.accepted : parcel.counted}
            unit={unitName(locale, unit, 2)}
            requestKey={page.correctKey}
            reply={reply?.values["intent"] === "correct" ? reply : undefined}
          />
        ) : null}
        <CorrectMoments moments={page.moments} now={page.now} requestKey={page.momentKey} reply={reply} />
      </div>
    </Page>
  );
}
