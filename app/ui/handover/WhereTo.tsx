import { Form } from "@remix-run/react";
import { moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { Card, Facts, Section } from "../primitives/Page";

type Address = Readonly<{ until: Date; name: string | undefined; phone: string | undefined; address: string | undefined }>;

/** Where the parcel goes: closed until its deliverer opens it with a reason, then open for 15 minutes. */
export function WhereTo({ address }: { address: Address | undefined }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Section title={t("handover.whereTo")}>
      {address ? (
        <Card>
          <Facts
            rows={[
              [
                t("handover.name"),
                <span key="name" lang="zh-Hans" className="text-4 font-bold">
                  {address.name}
                </span>,
              ],
              [
                t("handover.address"),
                <span key="address" lang="zh-Hans" className="text-4">
                  {address.address ?? t("handover.noAddress")}
                </span>,
              ],
            ]}
          />
          {address.phone ? (
            <a
              href={`tel:${address.phone}`}
              className="mt-3 inline-flex min-h-tap w-full items-center justify-center gap-2 rounded-md border-2 border-brand px-5 font-semibold text-brand"
            >
              <span aria-hidden="true">☎</span> {t("handover.call")} {address.phone}
            </a>
          ) : null}
          <p className="mt-3 text-2 text-muted">{t("handover.openUntil", { time: moment(locale, address.until) })}</p>
        </Card>
      ) : (
        <Form method="post" className="grid gap-3">
          <p className="text-muted">{t("handover.whereHidden")}</p>
          <Button look="secondary" wide name="intent" value="open">
            {t("handover.openAddress")}
          </Button>
        </Form>
      )}
    </Section>
  );
}
