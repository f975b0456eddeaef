import { useLocale, useT } from "~/i18n/useT";
import type { MessageKey } from "~/i18n/messages";
import { paths } from "~/paths";
import { TextLink } from "../primitives/Button";
import { Section } from "../primitives/Page";

type Row = Readonly<{ row: number; reason: string | null; needId: string | null; code: string | null }>;

/** Rows of an import of which the same became, as many as a page holds, each with its reason and its wish. */
export function ImportRows({
  title,
  rows,
  of,
  says,
}: {
  title: string;
  rows: readonly Row[];
  of: number;
  says: "importSkip" | "importRefuse";
}) {
  const t = useT();
  const at = paths(useLocale());
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      {rows.length < of ? (
        <p className="mb-3 text-2 text-muted">{t("intake.importFirst", { n: rows.length, of })}</p>
      ) : null}
      <ul className="divide-y divide-line overflow-hidden rounded-lg border-(length:--border) border-line bg-surface">
        {rows.map(({ row, reason, needId, code }) => (
          <li key={row} className="flex flex-wrap items-center justify-between gap-x-4 px-4 py-2">
            <div className="min-w-0">
              <p className="font-semibold">{t("intake.importRow", { row })}</p>
              {reason === null ? null : (
                <p className="text-2 text-muted">{t(`intake.${says}_${reason}` as MessageKey)}</p>
              )}
            </div>
            {needId === null ? null : (
              <TextLink to={at.fieldWish(needId)}>{t("intake.importOpenIt", { code: code ?? "" })}</TextLink>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
