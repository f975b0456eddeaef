import { Form } from "@remix-run/react";
import { MOMENT_REASONS } from "~/domain/delivery/words";
import type { CorrectableMoment } from "~/domain/delivery/correctMoment.server";
import { localInput, moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { SelectField, type Reply } from "../primitives/Field";
import { RequestKey } from "../primitives/FormParts";
import { MomentField } from "../primitives/MomentField";

type Props = Readonly<{ moments: readonly CorrectableMoment[]; now: string; requestKey: string; reply: Reply | undefined }>;

/** The answer to one of a page's moments: that whose step was sent. */
const replyFor = (reply: Reply | undefined, { step, id }: CorrectableMoment): Reply | undefined =>
  reply?.values["intent"] === "correctMoment" && reply.values["step"] === step && reply.values["id"] === id ? reply : undefined;

/** The moments of a thing's steps, each to be put right by somebody else than who wrote it down. */
export function CorrectMoments({ moments, now, requestKey, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  return moments.map((known) => {
    const kept = replyFor(reply, known);
    return (
      <details key={`${known.step} ${known.id}`} open={kept !== undefined} className="rounded-md border-(length:--border) border-line p-4">
        <summary className="min-h-tap cursor-pointer font-semibold">{t("store.momentOf", { step: t(`store.moment_${known.step}`) })}</summary>
        <div className="mt-3 grid gap-4">
          <p>{t("store.momentNow", { at: moment(locale, known.at) })}</p>
          {known.mine ? (
            <p className="text-muted">{t("store.momentMine")}</p>
          ) : (
            <Form method="post" className="grid gap-4">
              <p className="text-muted">{t(known.step === "heard" ? "store.momentHeardLead" : "store.momentLead")}</p>
              <input type="hidden" name="step" value={known.step} />
              <input type="hidden" name="id" value={known.id} />
              <input type="hidden" name="was" value={localInput(known.at)} />
              <MomentField name="shall" label={t("store.momentShall")} now={now} value={localInput(known.at)} reply={kept} />
              <SelectField
                name="reason"
                label={t("store.momentWhy")}
                empty=""
                options={MOMENT_REASONS.map((reason) => ({ value: reason, label: t(`store.moment_${reason}`) }))}
                reply={kept}
              />
              <RequestKey value={requestKey} reply={kept} />
              <Button look="secondary" name="intent" value="correctMoment">
                {t("store.momentMake")}
              </Button>
            </Form>
          )}
        </div>
      </details>
    );
  });
}
