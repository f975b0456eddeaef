import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { AUDIENCES, LIFE_SITUATIONS } from "~db/schema/factVocabulary";
import { Button } from "../primitives/Button";
import { ChoiceField, type Reply, SelectField, TextField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";

type Props = Readonly<{
  choices: Readonly<{
    owners: readonly Readonly<{ id: string; displayName: string }>[];
    towns: readonly Readonly<{ code: string; nameHans: string; nameHant: string; nameEn: string }>[];
  }>;
  kept: Reply;
  /** What only a new item has: its code and its list. */
  children?: ReactNode;
  button: string;
}>;

/** A new item's form. */
export const ItemForm = ({
  reply,
  ...fields
}: Omit<Props, "kept"> & Readonly<{ reply: Reply | undefined }>) => (
  <Form method="post" className="grid gap-8">
    <FormErrors reply={reply} />
    <ItemFields {...fields} kept={reply ?? { values: {}, errors: {}, formErrors: [] }} />
  </Form>
);

/** An item's texts: what everybody reads, who needs it, where to go. */
export function ItemFields({ choices, kept, children, button }: Props) {
  const t = useT();
  const locale = useLocale();
  const towns = kept.values["townCodes"] ?? [];
  return (
    <>
      <Part title={t("desk.texts")}>
        {children}
        <TextField name="name" maxLength={LENGTHS.entryName} label={t("desk.name")} reply={kept} />
        <div className="grid gap-5 sm:grid-cols-2 elder:grid-cols-1">
          <TextField
            name="nameHant"
            maxLength={LENGTHS.entryName}
            label={t("desk.nameHant")}
            hint={t("desk.nameHantHint")}
            optional
            reply={kept}
          />
          <TextField
            name="nameEn"
            maxLength={LENGTHS.entryNameEn}
            label={t("desk.nameEn")}
            hint={t("desk.nameEnHint")}
            optional
            reply={kept}
          />
        </div>
        <TextField name="category" maxLength={LENGTHS.category} label={t("desk.category")} reply={kept} />
        <TextField
          name="targetGroup"
          maxLength={LENGTHS.targetGroup}
          label={t("desk.targetGroup")}
          rows={3}
          reply={kept}
        />
        <TextField
          name="content"
          maxLength={LENGTHS.content}
          label={t("desk.content")}
          rows={4}
          reply={kept}
        />
        <TextField
          name="standard"
          maxLength={LENGTHS.standard}
          label={t("desk.standard")}
          rows={2}
          optional
          reply={kept}
        />
        <TextField
          name="provider"
          maxLength={LENGTHS.entryProvider}
          label={t("desk.provider")}
          reply={kept}
        />
      </Part>
      <Part title={t("desk.forWhomTitle")}>
        <ChoiceField
          name="situations"
          label={t("desk.situations")}
          many
          columns={3}
          options={LIFE_SITUATIONS.map((word) => ({ value: word, label: t(`lists.situation_${word}`) }))}
          reply={kept}
        />
        <ChoiceField
          name="audiences"
          label={t("desk.audiences")}
          many
          columns={3}
          options={AUDIENCES.map((word) => ({ value: word, label: t(`lists.audience_${word}`) }))}
          reply={kept}
        />
        <details open={towns.length > 0 || kept.errors["townCodes"] !== undefined}>
          <summary className="min-h-tap font-semibold text-brand">{t("desk.towns")}</summary>
          <ChoiceField
            name="townCodes"
            label={t("desk.towns")}
            hint={t("desk.townsHint")}
            many
            columns={3}
            options={choices.towns.map((town) => ({ value: town.code, label: nameIn(locale, town) }))}
            reply={kept}
          />
        </details>
      </Part>
      <Part title={t("desk.whereTitle")}>
        <TextField
          name="howToApply"
          maxLength={LENGTHS.howToApply}
          label={t("desk.howToApply")}
          rows={3}
          optional
          reply={kept}
        />
        <TextField
          name="papers"
          maxLength={LENGTHS.papers}
          label={t("desk.papers")}
          hint={t("desk.papersHint")}
          rows={4}
          optional
          reply={kept}
        />
        <TextField
          name="place"
          maxLength={LENGTHS.place}
          label={t("desk.place")}
          hint={t("desk.placeHint")}
          optional
          reply={kept}
        />
        <div className="grid gap-5 sm:grid-cols-2 elder:grid-cols-1">
          <TextField
            name="phone"
            maxLength={LENGTHS.entryPhone}
            label={t("desk.phone")}
            optional
            reply={kept}
          />
          <TextField name="hours" maxLength={LENGTHS.hours} label={t("desk.hours")} optional reply={kept} />
        </div>
        <TextField name="url" maxLength={LENGTHS.url} label={t("desk.url")} optional reply={kept} />
        <SelectField
          name="ownerId"
          label={t("desk.owner")}
          empty={t("desk.nobody")}
          options={choices.owners.map((owner) => ({ value: owner.id, label: owner.displayName }))}
          reply={kept}
        />
      </Part>
      <div>
        <Button>{button}</Button>
      </div>
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <fieldset className="grid gap-5">
    <legend className="mb-3 text-5 font-bold">{title}</legend>
    {children}
  </fieldset>
);
