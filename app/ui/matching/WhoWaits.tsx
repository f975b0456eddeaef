import { daysSince } from "~/i18n/format";
import { nameIn, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import type { AgeBand } from "~db/schema/households";
import type { PublicGroup } from "~db/schema/reference";
import { unitName } from "../store/things";
import { reasonWords } from "./Reasons";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;

/** A line that waits, as far as the public may know whose it is. */
export type Waiting = Readonly<{
  line: Readonly<{ id: string; open: bigint }>;
  lineUnit: Names & Readonly<{ nameEnPlural: string }>;
  need: Readonly<{
    code: string;
    titleHans: string;
    titleHant: string;
    ageBand: AgeBand | null;
    publicGroup: PublicGroup | null;
    waitingSince: Date;
  }>;
  town: Names;
}>;

/** Who waits in words: town and age, the wish, how much and how long; and why just they. */
export function WhoWaits({
  row: { line, lineUnit, need, town },
  now,
  reasons = {},
}: {
  row: Waiting;
  now: Date;
  reasons?: Readonly<Record<string, number>>;
}) {
  const t = useT();
  const locale = useLocale();
  const who = [
    nameIn(locale, town),
    need.publicGroup ? t(`wishes.group_${need.publicGroup}`) : "",
    need.ageBand ? t(`wishes.age_${need.ageBand}`) : "",
  ].filter(Boolean);
  const facts = [
    t("matching.stillOpen", { n: String(line.open), unit: unitName(locale, lineUnit, line.open) }),
    t("matching.waited", { n: daysSince(need.waitingSince, now) }),
    ...reasonWords(t, reasons),
  ];
  return (
    <span className="block min-w-0">
      <span className="block font-semibold">{who.join(" · ")}</span>
      <span className="block" lang="zh-Hans">
        {wordsIn(locale, need.titleHans, need.titleHant)}
      </span>
      <span className="block text-2 text-muted">{facts.join(" · ")}</span>
      <span className="block text-1 text-muted">{need.code}</span>
    </span>
  );
}
