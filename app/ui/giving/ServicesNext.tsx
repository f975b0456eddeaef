import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Notice } from "../primitives/Page";

type Service = Readonly<{
  townCode: string;
  townPhone: string | null;
  town: Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
}>;

/** Who calls about each service of a gift: the social workers of its town, each town once. */
export function ServicesNext({
  services,
  isAlone,
}: Readonly<{ services: readonly Service[]; /** Nothing else is in the gift. */ isAlone: boolean }>) {
  const t = useT();
  const locale = useLocale();
  if (services.length === 0) return null;
  const towns = [...new Map(services.map((row) => [row.townCode, row])).values()];
  return (
    <Notice>
      {isAlone ? null : <p>{t("giving.serviceInThis")}</p>}
      {towns.map((row) => (
        <p key={row.townCode}>
          {t("giving.serviceNext", { phone: row.townPhone ?? "", town: nameIn(locale, row.town) })}
        </p>
      ))}
    </Notice>
  );
}
