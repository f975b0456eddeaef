import type { Result } from "~/domain/finder/results";
import { langOfWords } from "~/i18n/locales";
import { useLocale } from "~/i18n/useT";
import { paths } from "~/paths";
import { Link } from "../primitives/Link";

/** The way to an item of the lists, by its name. */
export function ItemLink({ item }: Pick<Result, "item">) {
  const locale = useLocale();
  return (
    <Link
      to={paths(locale).listItem(item.list, item.code)}
      lang={locale === "en" ? "en" : langOfWords(locale)}
      className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
    >
      {item.name}
    </Link>
  );
}
