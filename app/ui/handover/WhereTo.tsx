import { Form } from "@remix-run/react";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Icon } from "../icons/Icon";
import { Button } from "../primitives/Button";
import { Card, Facts, Section } from "../primitives/Page";

type Address = Readonly<{
  until: Date;
  name: string | undefined;
  phone: string | undefined;
  address: string | undefined;
}>;

/**
 * Where the parcel goes: closed until its deliverer opens it with a reason, then open for a while
 * (`openingMinutes`).
 */
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
                address.address ? (
                  <MapLink key="address" address={address.address} />
                ) : (
                  t("handover.noAddress")
                ),
              ],
            ]}
          />
          {address.phone ? <CallLink phone={address.phone} /> : null}
          <p className="mt-3 text-2 text-muted">
            {t("handover.openUntil", { time: moment(locale, address.until) })}
          </p>
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

/** A parcel for an organisation's own need: whom to call. */
export function ToOrganisation({
  organisation,
}: {
  organisation: Readonly<{ nameHans: string; nameHant: string; nameEn: string; phone: string }>;
}) {
  const t = useT();
  return (
    <Section title={t("handover.whereTo")}>
      <Card>
        <p className="text-4 font-bold">{nameIn(useLocale(), organisation)}</p>
        <CallLink phone={organisation.phone} />
      </Card>
    </Section>
  );
}

/** Opens the phone's own map: the address goes to no other site. */
const MapLink = ({ address }: { address: string }) => (
  <a
    href={`geo:0,0?q=${encodeURIComponent(address)}`}
    lang="zh-Hans"
    className="inline-flex min-h-tap items-center gap-2 text-4 text-brand underline underline-offset-4"
  >
    <Icon name="pin" className="size-5 shrink-0" />
    {address}
  </a>
);

function CallLink({ phone }: { phone: string }) {
  const t = useT();
  return (
    <a
      href={`tel:${phone}`}
      className="mt-3 inline-flex min-h-tap w-full items-center justify-center gap-2 rounded-md border-2 border-brand px-5 font-semibold text-brand"
    >
      <span aria-hidden="true">☎</span> {t("handover.call")} {phone}
    </a>
  );
}
