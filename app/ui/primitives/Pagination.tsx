import { useT } from "~/i18n/useT";
import { LinkButton } from "./Button";

/** Pages by key: each a URL that can be shared, with a way back. */
export function Pagination({ previous, next }: { previous?: string | undefined; next?: string | undefined }) {
  const t = useT();
  if (!previous && !next) return null;
  return (
    <nav aria-label={t("common.pages")} className="mt-6 flex justify-between gap-3">
      {previous ? (
        <LinkButton look="secondary" to={previous} rel="prev">
          ← {t("common.previousPage")}
        </LinkButton>
      ) : (
        <span />
      )}
      {next ? (
        <LinkButton look="secondary" to={next} rel="next">
          {t("common.nextPage")} →
        </LinkButton>
      ) : null}
    </nav>
  );
}
