import { useEffect, useMemo, useState } from "react";
import type { householdSheet } from "~/domain/screening/queries.server";
import { memberPlacesOf, SPARE_ROWS } from "~/domain/screening/sheetForm";
import { openQuestions } from "~/domain/screening/visitQuestions";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { EditForm, type Filled } from "../primitives/EditForm";
import { CheckField, type Reply, TextField } from "../primitives/Field";
import { HomePart } from "./HomePart";
import { PersonPart } from "./PersonPart";
import { ReceivedPart } from "./ReceivedPart";
import { VisitContext } from "./visit";
import { foldId } from "./VisitPart";

type Sheet = Extract<Awaited<ReturnType<typeof householdSheet>>, { facts: unknown }>;
type Asking = Sheet["asking"];
type Props = Readonly<{ sheet: Sheet; filled: Filled; reply: Reply | undefined }>;

/**
 * What is asked on a visit, one tap an answer: the home, then one person after another, then what they
 * receive. Only what can still change something is asked; what has an answer is shown and stays.
 */
export const FactsForm = ({ sheet, filled, reply }: Props) => (
  <EditForm filled={filled} reply={reply} className="grid gap-4">
    {(kept) => <Parts kept={kept} asking={sheet.asking} />}
  </EditForm>
);

const ELSE = "part-else";
const RECEIVED = "part-received";

function Parts({ kept: given, asking }: { kept: Reply; asking: Asking }) {
  const t = useT();
  const [tapped, setTapped] = useState<Reply["values"]>();
  const [hasScripts, setHasScripts] = useState(false);
  useEffect(() => setHasScripts(true), []);
  const kept = useMemo(() => (tapped ? { ...given, values: tapped } : given), [given, tapped]);
  const isOpen = useMemo(() => openQuestions(kept.values, asking), [kept, asking]);
  const readAgain = (form: HTMLFormElement) => setTapped(valuesOf(form));
  const rows = memberPlacesOf(kept.values).map((place) => `members[${place}]`);
  return (
    <VisitContext.Provider value={{ kept, isOpen, asking, readAgain: hasScripts ? readAgain : undefined }}>
      {/* Only listens to what its fields say. */}
      <div
        role="presentation"
        className="grid gap-4"
        onChange={({ target }) => {
          if (target instanceof HTMLInputElement && target.form) readAgain(target.form);
        }}
        onClick={({ target }) => {
          // What was only roughly known is written over.
          if (target instanceof HTMLInputElement && target.type === "text" && target.value.includes("-"))
            target.select();
        }}
      >
        <HomePart next={foldId(rows[0] ?? ELSE)} />
        {rows.map((row, index) => (
          <PersonPart
            key={row}
            row={row}
            title={t("sheet.member", { n: index + 1 })}
            isFirst={index === 0}
            isListed
            next={foldId(rows[index + 1] ?? ELSE)}
          />
        ))}
        <section id={ELSE} tabIndex={-1} className="grid gap-3 scroll-mt-4 outline-none">
          <h3 className="text-4">{t("sheet.whoElse")}</h3>
          {Array.from({ length: SPARE_ROWS }, (_row, index) => (
            <PersonPart
              key={`new${index}`}
              row={`newMembers[${index}]`}
              title={t("sheet.addMember")}
              next={ELSE}
            />
          ))}
          <CheckField name="membersComplete" label={t("sheet.complete")} reply={kept} />
          <TextField
            name="household.householdSize"
            label={t("facts.householdSize")}
            hint={t("sheet.sizeHint")}
            inputMode="numeric"
            maxLength={8}
            optional
            reply={kept}
          />
        </section>
        <ReceivedPart id={RECEIVED} />
        <CheckField name="askedAgain" label={t("sheet.askedAgain")} reply={kept} />
        <Button>{t("sheet.save")}</Button>
      </div>
    </VisitContext.Provider>
  );
}

/** Everything that the form would send now, by name. */
function valuesOf(form: HTMLFormElement): Reply["values"] {
  const values: Record<string, string | string[]> = {};
  for (const [name, value] of new FormData(form))
    if (typeof value === "string")
      values[name] = name === "receives" ? [values[name] ?? [], value].flat() : value;
  return values;
}
