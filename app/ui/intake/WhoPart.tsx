import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { KnownHousehold } from "~/domain/needs/knownHousehold.server";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { TextLink } from "../primitives/Button";
import { ChoiceField, type FieldLook, type Reply, SelectField, TextField } from "../primitives/Field";
import { Card } from "../primitives/Page";

type Names = Readonly<{ code: string; nameHans: string; nameHant: string; nameEn: string }>;
type Props = Readonly<{
  names: { towns: readonly Names[]; groups: readonly Names[] };
  townCodes: readonly string[];
  reply: Reply;
}>;

const AGES = ["under_6", "6_to_13", "14_to_17", "18_to_59", "60_to_79", "80_up", "mixed"] as const;

/** Whom a wish is for, when the portal does not know them yet. */
export function WhoPart({ names, townCodes, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  const named = (rows: readonly Names[]) =>
    rows.map((row) => ({ value: row.code, label: nameIn(locale, row) }));
  const worded = (prefix: string, codes: readonly string[]) =>
    codes.map((code) => ({ value: code, label: t(`${prefix}_${code}` as MessageKey) }));
  const field = (name: string, label: MessageKey, maxLength: number, rest: FieldLook = {}) => (
    <TextField name={name} label={t(label)} maxLength={maxLength} reply={reply} {...rest} />
  );
  return (
    <fieldset className="grid gap-5">
      <legend className="mb-2 text-5 font-bold">1. {t("intake.partWho")}</legend>
      <SelectField
        name="household.townCode"
        label={t("intake.town")}
        options={named(names.towns.filter((town) => townCodes.includes(town.code)))}
        reply={reply}
      />
      <ChoiceField
        name="household.kind"
        label={t("intake.householdKind")}
        defaultValue="household"
        options={worded("intake.kind", ["household", "group"])}
        reply={reply}
      />
      {field("household.heads", "intake.heads", LENGTHS.number, {
        inputMode: "numeric",
        defaultValue: "1",
        hint: t("intake.headsHint"),
      })}
      <SelectField
        name="household.groupCode"
        label={t("intake.groupCode")}
        empty=""
        options={named(names.groups)}
        reply={reply}
      />
      <SelectField
        name="household.ageBand"
        label={t("intake.ageBand")}
        empty=""
        options={worded("wishes.age", AGES)}
        reply={reply}
      />
      <p className="text-2 text-muted">{t("intake.sealedNote")}</p>
      {field("household.person.name", "intake.name", LENGTHS.personName, { autoComplete: "off" })}
      {field("household.person.phone", "intake.phone", LENGTHS.phone, {
        type: "tel",
        optional: true,
        autoComplete: "off",
      })}
      {field("household.person.address", "intake.address", LENGTHS.address, {
        optional: true,
        autoComplete: "off",
      })}
      <details className="rounded-md border-(length:--border) border-line p-4">
        <summary className="flex min-h-tap cursor-pointer items-center font-semibold">
          {t("intake.morePrivate")}
        </summary>
        <div className="mt-3 grid gap-5">
          {(
            [
              "guardian",
              "idNumber",
              "school",
              "village",
              "dibaoNumber",
              "disability",
              "illness",
              "income",
            ] as const
          ).map((name) => (
            <TextField
              key={name}
              name={`household.person.${name}`}
              label={t(`households.field_${name}`)}
              maxLength={LENGTHS[name]}
              optional
              reply={reply}
              autoComplete="off"
            />
          ))}
        </div>
      </details>
    </fieldset>
  );
}

/** Whom it is for, when they are on record. */
export function KnownPart({ known, towns }: Readonly<{ known: KnownHousehold; towns: readonly Names[] }>) {
  const t = useT();
  const locale = useLocale();
  const town = towns.find(({ code }) => code === known.townCode);
  return (
    <section>
      <h2 className="mb-2 text-5 font-bold">1. {t("intake.partWho")}</h2>
      <Card>
        <p>
          <TextLink to={paths(locale).household(known.id)}>
            {t("households.recordTitle", { code: known.code })}
          </TextLink>
          {town ? ` · ${nameIn(locale, town)}` : null}
        </p>
        <p className="mt-1 text-2 text-muted">{t("intake.knownNote")}</p>
      </Card>
    </section>
  );
}
