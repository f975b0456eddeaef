import { Form } from "@remix-run/react";
import type { servicesPage } from "~/domain/delivery/visitQueries.server";
import { standing } from "~/domain/giving/states";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { calendarDay, day } from "~/i18n/format";
import { nameIn, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "~/ui/primitives/Button";
import { type Reply, TextField } from "~/ui/primitives/Field";
import { RequestKey } from "~/ui/primitives/FormParts";
import { MomentField } from "~/ui/primitives/MomentField";
import { Card } from "~/ui/primitives/Page";

type Row = Awaited<ReturnType<typeof servicesPage>>["toDo"][number];
type Props = Readonly<{ row: Row; now: string; requestKey: string; reply: Reply | undefined }>;

/** A promised service: its day to be agreed on, and what was done of it to be written down. */
export function VisitToDo({ row: { pledge, ...row }, now, requestKey, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <Card>
      <p className="font-semibold">
        {row.needCode} · {wordsIn(locale, row.itemHans, row.itemHant)} × {String(standing(pledge))}{" "}
        {nameIn(locale, row.unit)}
      </p>
      <p className="text-2 text-muted">
        {pledge.arrangedFor === null
          ? t("visits.notArranged", { day: pledge.dueAt === null ? "" : day(locale, pledge.dueAt) })
          : t("visits.arrangedFor", { day: calendarDay(locale, pledge.arrangedFor) })}
      </p>
      <Form method="post" className="mt-3 flex flex-wrap items-end gap-3">
        <input type="hidden" name="pledgeId" value={pledge.id} />
        <TextField
          name="day"
          type="date"
          label={t("visits.arrangeDay")}
          min={now.slice(0, 10)}
          defaultValue={pledge.arrangedFor ?? undefined}
          reply={reply}
        />
        <Button look="secondary" name="intent" value="arrange">
          {t("visits.arrange")}
        </Button>
      </Form>
      <Form method="post" className="mt-3 grid gap-4 sm:grid-cols-3">
        <RequestKey value={requestKey} reply={reply} />
        <input type="hidden" name="pledgeId" value={pledge.id} />
        <TextField
          name="providerName"
          maxLength={LENGTHS.provider}
          label={t("visits.provider")}
          reply={reply}
        />
        <TextField
          name="quantity"
          maxLength={LENGTHS.number}
          label={t("common.quantity")}
          inputMode="numeric"
          defaultValue="1"
          reply={reply}
        />
        <MomentField label={t("common.happenedAt")} now={now} reply={reply} />
        <Button look="secondary">{t("visits.record")}</Button>
      </Form>
    </Card>
  );
}
