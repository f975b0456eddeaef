import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LIFE_SITUATIONS } from "~db/schema/factVocabulary";
import { Link } from "../primitives/Link";

type Props = Readonly<{
  list: "government" | "social" | undefined;
  found: readonly Readonly<{ value: string }>[];
}>;

/** The occasions of life for which the lists have something, each a view of its own. */
export function SituationLinks({ list, found }: Props) {
  const t = useT();
  const at = paths(useLocale());
  return (
    <ul className="no-print mb-6 flex flex-wrap gap-2" aria-label={t("lists.situation")}>
      {LIFE_SITUATIONS.filter((situation) => found.some((count) => count.value === situation)).map(
        (situation) => (
          <li key={situation}>
            <Link
              to={list ? at.list(list, { situation }) : at.lists({ situation })}
              className="inline-flex min-h-tap items-center rounded-full border-(length:--border) border-line-strong bg-surface px-4 hover:border-brand hover:text-brand"
            >
              {t(`lists.situation_${situation}`)}
            </Link>
          </li>
        ),
      )}
    </ul>
  );
}
