import type { ReactNode } from "react";
import type { servicesPage } from "~/domain/delivery/visitQueries.server";
import { nameIn, wordsIn } from "~/i18n/locales";
import { useLocale } from "~/i18n/useT";
import { Corrections } from "~/ui/moments/Corrections";
import { CorrectMoments } from "~/ui/moments/CorrectMoments";
import type { Reply } from "~/ui/primitives/Field";
import { Card } from "~/ui/primitives/Page";

type Row = Awaited<ReturnType<typeof servicesPage>>["over"][number];
type Props = Readonly<{
  row: Row;
  now: string;
  requestKey: string;
  reply: Reply | undefined;
  children: ReactNode;
}>;

/**
 * A service that was done: what, when and by whom, what is to be said of it, and its moment to be put right.
 */
export function VisitCard({ row: { visit, mine, corrections, ...row }, children, ...moment }: Props) {
  const locale = useLocale();
  return (
    <Card>
      <p className="font-semibold">
        {row.needCode} · {wordsIn(locale, row.itemHans, row.itemHant)} × {String(visit.quantity)}{" "}
        {nameIn(locale, row.unit)}
      </p>
      <p className="text-2 text-muted" lang="zh-Hans">
        {visit.doneOn} · {visit.providerName}
      </p>
      <Corrections of={corrections} />
      {children}
      <div className="mt-3">
        <CorrectMoments
          moments={[{ step: "service_done", id: visit.id, at: visit.occurredAt, mine }]}
          {...moment}
        />
      </div>
    </Card>
  );
}
