import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useT } from "~/i18n/useT";
import { ASKED_FOR } from "~db/schema/callBackVocabulary";
import { Button } from "../primitives/Button";
import { CheckField, ChoiceField, type Reply, SelectField, TextField } from "../primitives/Field";
import { FormErrors, RequestKey } from "../primitives/FormParts";

type Props = Readonly<{
  towns: readonly Readonly<{ value: string; label: string }>[];
  requestKey: string;
  reply: Reply | undefined;
}>;

/** Four fields for whoever wants to be called; who else it is for shows only where that is chosen. */
export function AskCallBack({ towns, requestKey, reply }: Props) {
  const t = useT();
  return (
    <form method="post" className="grid max-w-measure gap-5">
      <FormErrors reply={reply} />
      <RequestKey value={requestKey} reply={reply} />
      <div className="group/whom grid gap-4">
        <ChoiceField
          name="askedFor"
          label={t("callBacks.askedFor")}
          columns="chips"
          defaultValue="myself"
          options={ASKED_FOR.map((whom) => ({ value: whom, label: t(`callBacks.for_${whom}`) }))}
          reply={reply}
        />
        {/* A browser that cannot look into the form shows it always. */}
        <div className="supports-[selector(:has(*))]:hidden supports-[selector(:has(*))]:group-has-[[value=other]:checked]/whom:block">
          <TextField
            name="about"
            label={t("callBacks.about")}
            hint={t("callBacks.aboutHint")}
            maxLength={LENGTHS.personName}
            autoComplete="off"
            reply={reply}
          />
        </div>
      </div>
      <TextField
        name="name"
        label={t("callBacks.name")}
        maxLength={LENGTHS.personName}
        autoComplete="name"
        reply={reply}
      />
      <div className="grid gap-3">
        <TextField
          name="phone"
          type="tel"
          label={t("callBacks.phone")}
          hint={t("callBacks.phoneHint")}
          maxLength={LENGTHS.phone}
          autoComplete="tel"
          inputMode="tel"
          reply={reply}
        />
        <CheckField name="cannotHear" label={t("callBacks.cannotHear")} reply={reply} />
      </div>
      <SelectField name="town" label={t("callBacks.town")} empty="" options={towns} reply={reply} />
      <TextField
        name="words"
        label={t("callBacks.words")}
        hint={t("callBacks.wordsHint")}
        rows={3}
        maxLength={LENGTHS.words}
        reply={reply}
      />
      <p className="text-2 text-muted">{t("callBacks.private")}</p>
      <div>
        <Button icon="phone">{t("callBacks.send")}</Button>
      </div>
    </form>
  );
}
