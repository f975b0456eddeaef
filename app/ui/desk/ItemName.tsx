import { langOfWords, nameIn } from "~/i18n/locales";
import { useLocale } from "~/i18n/useT";

export type ItemNames = Readonly<{ code: string; nameHans: string; nameHant: string; nameEn: string }>;

/** An item by its name, in Chinese where it has no English one, and its code. */
export function ItemName({ item }: { item: ItemNames }) {
  const locale = useLocale();
  const isChinese = locale !== "en" || item.nameEn === item.nameHans;
  return (
    <>
      <span lang={isChinese ? langOfWords(locale) : undefined}>{nameIn(locale, item)}</span>{" "}
      <span className="text-2 font-normal text-muted">{item.code}</span>
    </>
  );
}
