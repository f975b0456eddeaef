import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { CheckField, ChoiceField, type Reply, SelectField, TextField } from "../primitives/Field";
import { FormErrors, RequestKey } from "../primitives/FormParts";
import { Sample } from "./Sample";

const REFUSED: Reply = {
  values: { name: "13800001111", quantity: "0", ifGone: [], town: "" },
  errors: {
    name: ["common.pleaseCheck"],
    quantity: ["common.atLeastOne"],
    ifGone: ["common.pleaseChoose"],
    notRelative: ["common.pleaseCheck"],
  },
  formErrors: [{ message: "errors.notEnoughLeft", params: { left: 2 } }],
};

/**
 * A form before and after the server said no: what was typed is kept, every error stands beside its field.
 */
export function FormSamples() {
  const t = useT();
  const fields = (reply: Reply | undefined) => (
    <div className="grid content-start gap-5">
      <FormErrors reply={reply} />
      <RequestKey value="gallery" reply={reply} />
      <TextField
        name="name"
        maxLength={LENGTHS.displayName}
        label={t("giving.displayName")}
        hint={t("giving.displayNameHint")}
        optional
        reply={reply}
      />
      <TextField
        name="quantity"
        maxLength={LENGTHS.number}
        label={t("common.quantity")}
        inputMode="numeric"
        defaultValue="1"
        reply={reply}
      />
      <TextField name="when" type="datetime-local" label={t("common.happenedAt")} reply={reply} />
      <TextField name="story" maxLength={LENGTHS.words} label={t("common.reason")} rows={3} reply={reply} />
      <TextField name="photo" type="file" accept="image/*" label={t("common.downloadCsv")} reply={reply} />
      <SelectField
        name="town"
        label={t("wishes.kind")}
        empty={t("common.all")}
        options={["goods", "service"].map((value) => ({
          value,
          label: t(value === "goods" ? "wishes.kind_goods" : "wishes.kind_service"),
        }))}
        reply={reply}
      />
      <ChoiceField
        name="ifGone"
        label={t("giving.ifGone")}
        defaultValue="ask_me"
        reply={reply}
        options={[
          { value: "next_oldest", label: t("giving.if_next_oldest") },
          { value: "ask_me", label: t("giving.if_ask_me"), hint: t("giving.basketLead") },
        ]}
      />
      <ChoiceField
        name="many"
        many
        columns={2}
        label={t("wishes.kind")}
        defaultValue={["goods"]}
        options={[
          { value: "goods", label: t("wishes.kind_goods") },
          { value: "service", label: t("wishes.kind_service") },
        ]}
        reply={reply}
      />
      <CheckField name="notRelative" label={t("giving.notRelative")} reply={reply} />
      <Button type="button">{t("common.send")}</Button>
    </div>
  );
  return (
    <Sample name="TextField · SelectField · ChoiceField · CheckField · FormErrors">
      <div className="grid gap-10 md:grid-cols-2 elder:grid-cols-1">
        <form aria-label="before">{fields(undefined)}</form>
        <form aria-label="refused">{fields(REFUSED)}</form>
      </div>
    </Sample>
  );
}
