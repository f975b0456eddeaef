import type { writtenOff } from "~/domain/delivery/momentsWrittenOff.server";
import { moment } from "~/i18n/format";
import { langOfWords } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Corrections } from "~/ui/moments/Corrections";
import { CorrectMoments } from "~/ui/moments/CorrectMoments";
import type { Reply } from "~/ui/primitives/Field";
import { thingName, unitName } from "./things";

type Row = Awaited<ReturnType<typeof writtenOff>>[number];
type Props = Readonly<{ row: Row; now: string; requestKey: string; reply: Reply | undefined }>;

/** What left the store for good: how much, when and why, and its moment to be put right. */
export function WrittenOffRow({ row, ...correcting }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <li className="grid gap-1 rounded-lg border-(length:--border) border-line bg-surface p-3">
      <p className="font-semibold" lang={langOfWords(locale)}>
        {thingName(locale, {
          itemHans: row.itemHans ?? row.kind.nameHans,
          itemHant: row.itemHant ?? row.kind.nameHant,
        })}{" "}
        × {String(row.quantity)} {unitName(locale, row.unit, row.quantity)}
      </p>
      <p className="text-2 text-muted">
        {[row.label, row.reason && t(`store.off_${row.reason}`), moment(locale, row.occurredAt)]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <Corrections of={row.corrections} />
      <CorrectMoments moments={row.moments} {...correcting} />
    </li>
  );
}
