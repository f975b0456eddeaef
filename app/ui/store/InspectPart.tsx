import { Form } from "@remix-run/react";
import type { parcelToInspect } from "~/domain/delivery/storeQueries.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "~/ui/primitives/Button";
import type { Reply } from "~/ui/primitives/Field";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Notice } from "~/ui/primitives/Page";
import { InspectForm } from "./InspectForm";
import { unitName } from "./things";

type Parcel = Awaited<ReturnType<typeof parcelToInspect>>;
type Props = Pick<Parcel, "parcel" | "unit" | "askedUnitFen" | "bought" | "inspection"> &
  Readonly<{
    now: string;
    requestKey: string;
    /** Undefined where another form of the page was answered. */
    reply: Reply | undefined;
  }>;

/** The inspection of a parcel: to be done, or what it found; of one with nothing in it, that nothing came. */
export function InspectPart({
  parcel,
  unit,
  askedUnitFen,
  bought,
  inspection,
  now,
  requestKey,
  reply,
}: Props) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  if (parcel.counted === 0n && !inspection) return <Notice tone="done">{t("store.nothingCame")}</Notice>;
  if (inspection) {
    return (
      <>
        <Notice tone="done">
          {t("store.inspectedAlready", {
            accepted: String(inspection.accepted),
            refused: String(inspection.refused),
          })}
        </Notice>
        {inspection.label ? (
          <LinkButton to={at.label(inspection.label)}>{t("store.toLabel")}</LinkButton>
        ) : null}
      </>
    );
  }

  return (
    <Form method="post" className="grid gap-5">
      <FormErrors reply={reply} />
      <InspectForm
        reply={reply}
        counted={parcel.counted}
        unit={unitName(locale, unit, 1)}
        askedUnitFen={askedUnitFen}
        boughtUnitFen={bought?.unitFen ?? null}
        bought={bought !== null}
        now={now}
      />
      <RequestKey value={requestKey} reply={reply} />
    </Form>
  );
}
