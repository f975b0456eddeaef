import { useT } from "~/i18n/useT";
import { TextLink } from "../primitives/Button";
import { Section } from "../primitives/Page";

/** A row of an import: where it stands, why it became what it did, and the wish or item that it is about. */
type ShownRow = Readonly<{
  key: string;
  file: string;
  row: number;
  why: string | undefined;
  about: Readonly<{ to: string; link: string }> | undefined;
}>;

/** Rows of an import of which the same became, as many as a page holds. */
export function ImportRows({
  title,
  first,
  rows,
  of,
}: {
  title: string;
  /** Says how many of them are listed. */
  first: string;
  rows: readonly ShownRow[];
  of: number;
}) {
  const t = useT();
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      {rows.length < of ? <p className="mb-3 text-2 text-muted">{first}</p> : null}
      <ul className="divide-y divide-line overflow-hidden rounded-lg border-(length:--border) border-line bg-surface">
        {rows.map(({ key, file, row, why, about }) => (
          <li key={key} className="flex flex-wrap items-center justify-between gap-x-4 px-4 py-2">
            <div className="min-w-0">
              <p className="font-semibold break-words">
                {file === "" ? t("imports.row", { row }) : t("imports.rowOf", { file, row })}
              </p>
              {why === undefined ? null : <p className="text-2 text-muted">{why}</p>}
            </div>
            {about ? <TextLink to={about.to}>{about.link}</TextLink> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
