import { count } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { ObjectTile } from "../icons/ObjectIcon";
import { Section } from "../primitives/Page";

type Kind = Readonly<{
  code: string | null;
  nameHans: string;
  nameHant: string;
  nameEn: string;
  icon: string | null;
  units: bigint;
}>;

/** The kinds of things and services that were given most, each with its drawing. */
export function YearKinds({ kinds }: Readonly<{ kinds: readonly Kind[] }>) {
  const t = useT();
  const locale = useLocale();
  if (kinds.length === 0) return null;
  return (
    <Section title={t("year.byKind")}>
      <ul className="grid grid-cols-2 gap-4 sm:grid-cols-4 elder:grid-cols-1">
        {kinds.map((kind) => (
          <li key={kind.code} className="flex items-center gap-3">
            <ObjectTile name={kind.icon} />
            <span className="min-w-0">
              <span className="block">{nameIn(locale, kind)}</span>
              <span className="tabular font-bold">× {count(locale, kind.units)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
