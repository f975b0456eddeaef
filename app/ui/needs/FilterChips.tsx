import type { WishFilter } from "~/domain/needs/wishFilter";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Icon } from "../icons/Icon";
import { Link } from "../primitives/Link";
import { type FilterNames, filterWords } from "./filterWords";

/** What a list is narrowed by, each a link to the list without it: seen and undone where the results are. */
export function FilterChips({ filter, names }: Readonly<{ filter: WishFilter; names: FilterNames }>) {
  const t = useT();
  const at = paths(useLocale());
  const chips = filterWords(t, filter, names);
  if (chips.length === 0) return null;
  return (
    <nav aria-label={t("wishes.chips")} className="mb-4 flex flex-wrap gap-2">
      {chips.map(({ name, words }) => (
        <Link
          key={name}
          to={at.wishes({ ...filter, [name]: undefined })}
          aria-label={t("wishes.chipRemove", { what: words })}
          className="chip"
        >
          {words}
          <Icon name="close" />
        </Link>
      ))}
    </nav>
  );
}
