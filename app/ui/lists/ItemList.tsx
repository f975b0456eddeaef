import type { ListedItem } from "~/domain/lists/items.server";
import { colon } from "~/i18n/format";
import { langOfWords } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Link } from "../primitives/Link";
import { Tag } from "../primitives/Page";

/**
 * Items of the lists: what, for whom, and whether somebody looked at it lately. The whole card is one link.
 */
export function ItemList({ items }: { items: readonly ListedItem[] }) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  return (
    <ul className="grid gap-3">
      {items.map((item) => (
        <li
          key={item.code}
          className="lift relative rounded-lg border-(length:--border) border-line bg-surface p-5 shadow-card"
        >
          <p className="flex flex-wrap items-center gap-2 text-1 text-muted">
            {t(`lists.${item.list}`)}
            {item.stale ? <Tag tone="wait">{t("lists.stale")}</Tag> : null}
          </p>
          <h2 className="mt-1 text-4">
            <Link
              to={at.listItem(item.list, item.code)}
              lang={locale === "en" ? "en" : langOfWords(locale)}
              className="after:absolute after:inset-0 after:rounded-lg"
            >
              {item.name}
            </Link>
          </h2>
          <p className="mt-1 text-2" lang={langOfWords(locale)}>
            <span className="text-muted">{t("lists.forWhom") + colon(locale)}</span>
            {item.targetGroup}
          </p>
          <p className="mt-1 text-2 text-muted" lang={langOfWords(locale)}>
            {item.content}
          </p>
        </li>
      ))}
    </ul>
  );
}
