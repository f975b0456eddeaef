import { remaining } from "~/domain/delivery/states";
import { proofsFor } from "~/domain/delivery/vocabulary";
import { colon } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { HappenedField, NumberField } from "~/ui/store/NumberField";
import { thingName, unitName } from "~/ui/store/things";
import { RECEIVERS } from "~db/schema/goodsVocabulary";
import { Button } from "../primitives/Button";
import { ChoiceField, type Reply, SelectField } from "../primitives/Field";
import { type KeptPhotos, ProofFields } from "./ProofFields";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string; nameEnPlural: string }>;
type Item = Readonly<{
  item: Parameters<typeof remaining>[0] & { id: string };
  itemHans: string;
  itemHant: string;
  unit: Names;
}>;

type Props = Readonly<{
  items: readonly Item[];
  witnesses: readonly { userId: string; displayName: string }[];
  triesLeft: number;
  filedByMe: boolean;
  isGroup: boolean;
  /** Pictures that were sent already and wait for the rest of the form. */
  photos?: KeptPhotos;
  now: string;
  reply: Reply | undefined;
  /** The token of a scanned slip: then the proof is there already. */
  token?: string | undefined;
}>;

/**
 * What changed hands, who took it, and what proves it. Everything stands open without scripts; nothing is
 * asked twice.
 */
export function HandoverFields({
  items,
  witnesses,
  triesLeft,
  filedByMe,
  isGroup,
  photos = {},
  now,
  reply,
  token,
}: Props) {
  const t = useT();
  const locale = useLocale();
  const proofs = proofsFor({ isGroup, locked: triesLeft <= 0 });
  return (
    <>
      {items.map(({ item, unit, ...row }, index) => (
        <div key={item.id}>
          <input type="hidden" name={`items[${index}].itemId`} value={item.id} />
          <NumberField
            name={`items[${index}].quantity`}
            label={
              <>
                <span lang="zh-Hans">{thingName(locale, row)}</span>
                {colon(locale)}
                {t("handover.howMany", { unit: unitName(locale, unit, 2), n: String(remaining(item)) })}
              </>
            }
            value={remaining(item)}
            reply={reply}
          />
        </div>
      ))}
      <SelectField
        name="receiver"
        label={t("handover.whoTook")}
        defaultValue={isGroup ? "institution" : "self"}
        options={RECEIVERS.map((receiver) => ({
          value: receiver,
          label: t(`handover.receiver_${receiver}`),
        }))}
        reply={reply}
      />
      {token === undefined ? (
        <ChoiceField
          name="proof"
          label={t("handover.proof")}
          defaultValue={proofs[0] ?? "secret"}
          options={proofs.map((proof) => ({
            value: proof,
            label: t(`handover.proof_${proof}`),
            hint: t(`handover.proof_${proof}Hint`),
          }))}
          reply={reply}
        />
      ) : null}
      <ProofFields
        proofs={token === undefined ? proofs : ["secret"]}
        photos={photos}
        token={token}
        witnesses={witnesses}
        triesLeft={triesLeft}
        filedByMe={filedByMe}
        reply={reply}
      />
      <HappenedField label={t("common.happenedAt")} now={now} reply={reply} />
      <Button wide>{t("handover.confirmHandover")}</Button>
    </>
  );
}
