import { calendarDay, clauses } from "~/i18n/format";
import { langOfWords } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Tag } from "~/ui/primitives/Page";
import { thing } from "./things";
import { WorkList, WorkRow } from "./WorkRow";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Row = Readonly<{
  id: string;
  day: string;
  part: "morning" | "afternoon";
  state: string;
  due: boolean;
  giftCode: string;
  things: readonly Readonly<{
    itemHans: string;
    itemHant: string;
    unit: Names & { nameEnPlural: string };
    quantity: bigint;
  }>[];
}>;

/** What a point collects, the next day first. */
export function CollectionList({ rows }: { rows: readonly Row[] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <WorkList>
      {rows.map((row) => (
        <WorkRow
          key={row.id}
          to={paths(locale).collection(row.id)}
          icon={null}
          lang={langOfWords(locale)}
          title={clauses(
            locale,
            row.things.map((one) => thing(locale, one, one.quantity)),
          )}
          meta={`${calendarDay(locale, row.day)} ${t(`gifts.part_${row.part}`)} · ${row.giftCode}`}
          tag={
            row.state === "missed" ? (
              <Tag tone="info">{t("store.collectionMissed")}</Tag>
            ) : row.due ? (
              <Tag tone="wait">{t("store.collectionToday")}</Tag>
            ) : undefined
          }
        />
      ))}
    </WorkList>
  );
}
