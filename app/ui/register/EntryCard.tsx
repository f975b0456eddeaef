import { Form } from "@remix-run/react";
import type { Standing } from "~/domain/register/states";
import type { EntryKind } from "~/domain/register/vocabulary";
import { day } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { StandingTag } from "./StandingTag";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
export type Entry = Readonly<{
  id: string;
  kind: EntryKind;
  number: string;
  validFrom: Date;
  validTo: Date | null;
  version: number;
  standing: Standing;
  names: Names | undefined;
  enteredBy: string | undefined;
  decidedBy: string | undefined;
  mine: boolean;
}>;

/**
 * One dated entry: what it says, how it stands, who entered and who decided; and what its reader may do with
 * it now.
 */
export function EntryCard({ entry }: { entry: Entry }) {
  const t = useT();
  const locale = useLocale();
  const { standing, names, enteredBy, decidedBy } = entry;
  const from = day(locale, entry.validFrom);
  const endable = standing === "in_force" || standing === "to_come";
  return (
    <li className="grid gap-1 p-4">
      <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="font-semibold break-all">{entry.number}</span>
        <StandingTag standing={standing} />
      </p>
      {names ? <p>{nameIn(locale, names)}</p> : null}
      <p>
        {entry.validTo
          ? t("register.period", { from, to: day(locale, entry.validTo) })
          : t("register.since", { from })}
      </p>
      <p className="text-2 text-muted" lang="zh-Hans">
        {enteredBy === undefined
          ? t("register.fromSetup")
          : decidedBy === undefined
            ? t("register.people", { who: enteredBy })
            : t("register.peopleBoth", { who: enteredBy, other: decidedBy })}
      </p>
      {standing === "proposed" && entry.mine ? (
        <p className="text-2 text-muted">{t("register.mine")}</p>
      ) : null}
      {standing === "proposed" && !entry.mine ? (
        <EntryForm entry={entry}>
          <Button name="intent" value="approve">
            {t("register.approve")}
          </Button>
          <AskFirst
            name="intent"
            value="reject"
            label={t("register.reject")}
            says={t("register.rejectSays")}
          />
        </EntryForm>
      ) : null}
      {endable ? (
        <EntryForm entry={entry}>
          <AskFirst name="intent" value="end" label={t("register.end")} says={t("register.endHint")} />
        </EntryForm>
      ) : null}
    </li>
  );
}

function EntryForm({ entry, children }: { entry: Entry; children: React.ReactNode }) {
  return (
    <Form method="post" className="mt-2 flex flex-wrap gap-3">
      <input type="hidden" name="kind" value={entry.kind} />
      <input type="hidden" name="entryId" value={entry.id} />
      <input type="hidden" name="version" value={entry.version} />
      {children}
    </Form>
  );
}
