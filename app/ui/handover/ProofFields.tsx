import type { ReactNode } from "react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { NumberField } from "~/ui/store/NumberField";
import type { Proof } from "~db/schema/delivery";
import { type Reply, SelectField, TextField } from "../primitives/Field";
import { Notice } from "../primitives/Page";

export type KeptPhotos = Readonly<
  Partial<Record<"handover_photo" | "signed_list", { fileId: string; at: Date }>>
>;

type Props = Readonly<{
  proofs: readonly Proof[];
  photos: KeptPhotos;
  token: string | undefined;
  witnesses: readonly { userId: string; displayName: string }[];
  triesLeft: number;
  filedByMe: boolean;
  reply: Reply | undefined;
}>;

/**
 * The fields of every proof that may be chosen, each under its name. The style sheet shows only those of the
 * chosen proof; a browser that cannot shows all of them, and only those of the chosen proof are read.
 */
export function ProofFields({ proofs, photos, token, witnesses, triesLeft, filedByMe, reply }: Props) {
  const t = useT();
  const witness = (
    <SelectField
      name="witnessId"
      label={t("handover.witness")}
      hint={t("handover.witnessHint")}
      empty={t("handover.chooseWitness")}
      options={witnesses.map((person) => ({ value: person.userId, label: person.displayName }))}
      reply={reply}
    />
  );
  const groups: Readonly<Record<Proof, ReactNode>> = {
    secret:
      token === undefined ? (
        <TextField
          name="secret"
          label={t("handover.digits")}
          hint={t("handover.triesLeft", { n: triesLeft })}
          inputMode="numeric"
          autoComplete="off"
          maxLength={LENGTHS.number}
          reply={reply}
        />
      ) : null,
    two_witnesses: (
      <>
        {filedByMe ? null : witness}
        <TextField
          name="secondWitness"
          label={t("handover.secondWitness")}
          hint={t("handover.secondWitnessHint")}
          autoComplete="off"
          maxLength={LENGTHS.witness}
          reply={reply}
        />
      </>
    ),
    photo: <Picture name="photo" keptName="keptPhoto" kept={photos.handover_photo} reply={reply} />,
    signed_list: (
      <>
        <Picture name="list" keptName="keptList" kept={photos.signed_list} reply={reply} />
        <NumberField name="signedCount" label={t("handover.signedCount")} required={false} reply={reply} />
      </>
    ),
  };
  return (
    <div className="grid gap-5">
      {triesLeft <= 0 ? <Notice tone="problem">{t("handover.locked")}</Notice> : null}
      {token === undefined ? null : (
        <>
          <Notice tone="done">{t("handover.digitsScanned")}</Notice>
          <input type="hidden" name="proof" value="secret" />
          <input type="hidden" name="secret" value={token} />
        </>
      )}
      {filedByMe ? (
        <div className="grid gap-3">
          <Notice tone="wait">{t("handover.witnessNeeded")}</Notice>
          {witness}
        </div>
      ) : null}
      {proofs.map((proof) => (
        <div key={proof} data-proof={proof} className="grid gap-4">
          {groups[proof]}
        </div>
      ))}
    </div>
  );
}

/** A picture from the phone's camera; one that was sent before is not asked for again. */
function Picture({
  name,
  keptName,
  kept,
  reply,
}: {
  name: string;
  keptName: string;
  kept: { fileId: string; at: Date } | undefined;
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <>
      {kept ? (
        <>
          <Notice tone="done">{t("handover.photoKept", { time: moment(locale, kept.at) })}</Notice>
          <input type="hidden" name={keptName} value={kept.fileId} />
        </>
      ) : null}
      <TextField
        name={name}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        label={t("handover.photo")}
        hint={t("handover.photoHint")}
        reply={reply}
      />
    </>
  );
}
