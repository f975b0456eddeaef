import type { ComponentProps, ReactNode } from "react";
import type { MessageKey } from "~/i18n/messages";
import { useT } from "~/i18n/useT";
import type { Reply } from "../primitives/Field";
import { Page } from "../primitives/Page";
import { ImportProgress } from "./ImportProgress";
import { ImportRows } from "./ImportRows";

type Row = Readonly<{ file: string; row: number; reason: string | null }>;

type Job<Shown extends Row> = ComponentProps<typeof ImportProgress>["job"] &
  Readonly<{
    made: number;
    skipped: number;
    refused: number;
    rows: Readonly<Record<"made" | "skipped" | "refused", readonly Shown[]>>;
  }>;

/** The page of one import, whatever it holds: how far it is, a way to stop it, and what its rows became. */
export function ImportPage<Shown extends Row>({
  says,
  job,
  at,
  lead,
  crumbs,
  about,
  reply,
  children,
}: {
  /** The catalogue whose words say what is imported. */
  says: "intake" | "desk";
  job: Job<Shown>;
  at: string;
  lead: string;
  crumbs: NonNullable<ComponentProps<typeof Page>["crumbs"]>;
  /** The wish or item that a row is about, if there is one. */
  about: (row: Shown) => { to: string; link: string } | undefined;
  reply: Reply | undefined;
  children: ReactNode;
}) {
  const t = useT();
  const { made, skipped, refused, rows } = job;
  const part = (title: string, of: number, some: readonly Shown[], why: "importRefuse" | "importSkip") => (
    <ImportRows
      title={title}
      first={t(`${says}.importFirst`, { n: some.length, of })}
      of={of}
      rows={some.map((row, index) => ({
        key: String(index),
        file: row.file,
        row: row.row,
        why: row.reason === null ? undefined : t(`${says}.${why}_${row.reason}` as MessageKey),
        about: about(row),
      }))}
    />
  );
  return (
    <Page title={t("imports.title")} lead={lead} crumbs={crumbs}>
      <ImportProgress
        job={job}
        at={at}
        said={{
          counts: t(`${says}.importCounts`, { made, skipped, refused }),
          left: t(`${says}.importLeft`, { n: job.total - job.turned }),
          roleEnded: t(`${says}.importRoleEnded`),
          stopHint: t(`${says}.importStopHint`),
        }}
        reply={reply}
      >
        {children}
      </ImportProgress>
      {part(t(`${says}.importRefused`, { n: refused }), refused, rows.refused, "importRefuse")}
      {part(t(`${says}.importSkipped`, { n: skipped }), skipped, rows.skipped, "importSkip")}
      {part(t(`${says}.importWritten`, { n: made }), made, rows.made, "importSkip")}
    </Page>
  );
}
