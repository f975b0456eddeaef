import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useT } from "~/i18n/useT";
import { type Reply, TextField } from "../primitives/Field";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Props = Readonly<{ reply: Reply | undefined }>;

/** First and last day. */
export function PeriodFields({ reply }: Props) {
  const t = useT();
  return (
    <div className="grid gap-5 sm:grid-cols-2 elder:grid-cols-1">
      <TextField name="validFrom" type="date" label={t("register.validFrom")} reply={reply} />
      <TextField name="validTo" type="date" label={t("register.validTo")} reply={reply} />
    </div>
  );
}

/** What something is called, in each language; names are never converted. */
export function NameFields({
  reply,
  of = "name",
  known,
}: Props & { of?: "name" | "purpose"; known?: Names | undefined }) {
  const t = useT();
  return (
    <>
      <TextField
        name="nameHans"
        maxLength={LENGTHS.bodyName}
        label={t(`register.${of}Hans`)}
        defaultValue={known?.nameHans}
        reply={reply}
      />
      <TextField
        name="nameHant"
        maxLength={LENGTHS.bodyName}
        label={t(`register.${of}Hant`)}
        defaultValue={known?.nameHant}
        reply={reply}
      />
      <TextField
        name="nameEn"
        maxLength={LENGTHS.bodyNameEn}
        label={t(`register.${of}En`)}
        defaultValue={known?.nameEn}
        reply={reply}
      />
    </>
  );
}

/** A registration: names, phone, certificate and its dates. */
export function RegistrationFields({
  reply,
  known,
  phone,
}: Props & { known?: Names | undefined; phone?: string | undefined }) {
  const t = useT();
  return (
    <>
      <NameFields reply={reply} known={known} />
      <TextField
        name="contactPhone"
        maxLength={LENGTHS.phone}
        type="tel"
        label={t("register.contactPhone")}
        defaultValue={phone}
        reply={reply}
      />
      <TextField name="number" maxLength={LENGTHS.registration} label={t("register.number")} reply={reply} />
      <PeriodFields reply={reply} />
    </>
  );
}
