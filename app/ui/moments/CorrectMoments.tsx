import { Form } from "@remix-run/react";
import type { CorrectableMoment } from "~/domain/kernel/moments/correct.server";
import { MOMENT_REASONS, type MomentStep } from "~/domain/kernel/moments/vocabulary";
import { localInput, moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { type Reply, SelectField } from "../primitives/Field";
import { RequestKey } from "../primitives/FormParts";
import { MomentField } from "../primitives/MomentField";

type Props = Readonly<{
  moments: readonly CorrectableMoment[];
  now: string;
  requestKey: string;
  reply: Reply | undefined;
  /** What a moment is called where its step alone does not say which of several it is. */
  nameOf?: ((known: CorrectableMoment) => string | undefined) | undefined;
}>;

/** What no gift's way tells: no donor reads it. */
const INSIDE: readonly MomentStep[] = [
  "visited",
  "verified",
  "heard",
  "asked",
  "referral_step",
  "followed_up",
];

/** The answer to one of a page's moments: that whose step was sent. */
const replyFor = (reply: Reply | undefined, { step, id }: CorrectableMoment): Reply | undefined =>
  reply?.values["intent"] === "correctMoment" && reply.values["step"] === step && reply.values["id"] === id
    ? reply
    : undefined;

/** The moments of a thing's steps, each to be put right by somebody else than who wrote it down. */
export function CorrectMoments({ moments, now, requestKey, reply, nameOf }: Props) {
  const t = useT();
  const locale = useLocale();
  return moments.map((known) => {
    const kept = replyFor(reply, known);
    return (
      <details
        key={`${known.step} ${known.id}`}
        open={kept !== undefined}
        className="rounded-md border-(length:--border) border-line p-4"
      >
        <summary className="min-h-tap cursor-pointer font-semibold">
          {t("moments.of", { step: nameOf?.(known) ?? t(`moments.step_${known.step}`) })}
        </summary>
        <div className="mt-3 grid gap-4">
          <p>{t("moments.now", { at: moment(locale, known.at) })}</p>
          {known.mine ? (
            <p className="text-muted">{t("moments.mine")}</p>
          ) : (
            <Form method="post" className="grid gap-4">
              <p className="text-muted">
                {t(INSIDE.includes(known.step) ? "moments.leadInside" : "moments.lead")}
              </p>
              <input type="hidden" name="step" value={known.step} />
              <input type="hidden" name="id" value={known.id} />
              <input type="hidden" name="was" value={localInput(known.at)} />
              <MomentField
                name="shall"
                label={t("moments.shall")}
                now={now}
                value={localInput(known.at)}
                writtenBefore
                reply={kept}
              />
              <SelectField
                name="reason"
                label={t("moments.why")}
                empty=""
                options={MOMENT_REASONS.map((reason) => ({
                  value: reason,
                  label: t(`moments.why_${reason}`),
                }))}
                reply={kept}
              />
              <RequestKey value={requestKey} reply={kept} />
              <Button look="secondary" name="intent" value="correctMoment">
                {t("moments.make")}
              </Button>
            </Form>
          )}
        </div>
      </details>
    );
  });
}
