import { Form } from "@remix-run/react";
import { aside, colon, moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { Proof } from "~db/schema/delivery";
import type { Receiver } from "~db/schema/goodsVocabulary";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { Card, Facts, Section } from "../primitives/Page";

type Handover = Readonly<{
  proof: Proof | null;
  receiver: Receiver | null;
  at: Date;
  fileId: string | null;
  signedCount: number | null;
  witness: string | null;
  witnessSaid: "present" | "absent" | null;
  photoDecision: "passed" | "kept" | null;
}>;

/** What proves a handover, and for an operator whether its photo may go to the donors. */
export function ProofShown({ handover, mayDecide }: { handover: Handover; mayDecide: boolean }) {
  const t = useT();
  const locale = useLocale();
  if (handover.proof === null) return null;
  const file = handover.fileId && (
    <a
      href={paths(locale).file(handover.fileId)}
      className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
    >
      {t(handover.proof === "signed_list" ? "handover.seeList" : "handover.seePhoto")}
    </a>
  );
  const rows: (readonly [string, React.ReactNode])[] = [
    [t("handover.proofWas"), `${t(`handover.proof_${handover.proof}`)} · ${moment(locale, handover.at)}`],
    ...(handover.receiver
      ? [[t("handover.tookIt"), t(`handover.receiver_${handover.receiver}`)] as const]
      : []),
    ...(handover.witness
      ? [
          [
            t("handover.witnessWas"),
            handover.witness + colon(locale) + t(`handover.witness_${handover.witnessSaid ?? "unheard"}`),
          ] as const,
        ]
      : []),
    ...(handover.signedCount === null
      ? []
      : [[t("handover.proof_signed_list"), t("handover.signed", { n: handover.signedCount })] as const]),
    ...(file
      ? [
          [
            t("handover.photo"),
            <span key="file">
              {file}{" "}
              {handover.photoDecision ? aside(locale, t(`handover.photo_${handover.photoDecision}`)) : null}
            </span>,
          ] as const,
        ]
      : []),
  ];
  return (
    <Section title={t("handover.proofSection")}>
      <Card>
        <Facts rows={rows} />
        {mayDecide && handover.proof === "photo" && handover.photoDecision === null ? (
          <Form method="post" className="mt-4 grid gap-3">
            <input type="hidden" name="intent" value="photo" />
            <p className="font-semibold">{t("handover.photoDecide")}</p>
            <p className="text-2 text-muted">{t("handover.photoRule")}</p>
            <div className="flex flex-wrap gap-3">
              <Button name="decision" value="pass">
                {t("handover.passPhoto")}
              </Button>
              <AskFirst
                name="decision"
                value="keep"
                label={t("handover.keepPhoto")}
                says={t("handover.keepSays")}
              />
            </div>
          </Form>
        ) : null}
      </Card>
    </Section>
  );
}
