import { useT } from "~/i18n/useT";
import { Icon } from "../icons/Icon";
import { LinkButton } from "./Button";

/**
 * Pages by key: each a URL that can be shared, with a way back. `label` tells several lists of one page
 * apart.
 */
export function Pagination({
  previous,
  next,
  label,
}: {
  previous?: string | undefined;
  next?: string | undefined;
  label?: string;
}) {
  const t = useT();
  if (!previous && !next) return null;
  return (
    <nav
      aria-label={label ?? t("common.pages")}
      className="no-print mt-8 flex flex-wrap justify-between gap-3"
    >
      {previous ? (
        <LinkButton look="secondary" to={previous} rel="prev" icon="back">
          {t("common.previousPage")}
        </LinkButton>
      ) : (
        <span />
      )}
      {next ? (
        <LinkButton look="secondary" to={next} rel="next">
          {t("common.nextPage")}
          <Icon name="forward" />
        </LinkButton>
      ) : null}
    </nav>
  );
}
