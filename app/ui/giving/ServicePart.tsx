import { calendarDay, day } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Service = Readonly<{
  townCode: string;
  town: Names;
  townPhone: string | null;
  pledge: Readonly<{ id: string; dueAt: Date | null; arrangedFor: string | null }>;
}>;

/**
 * What a donor of a service does now: agree on a day with the town's caseworkers, or come on the one that was
 * agreed; and what happens then.
 */
export function ServicePart({ services }: { services: readonly Service[] }) {
  const t = useT();
  const locale = useLocale();
  const shown = services.filter(
    (one, index) =>
      services.findIndex(
        (other) => other.townCode === one.townCode && other.pledge.arrangedFor === one.pledge.arrangedFor,
      ) === index,
  );
  return (
    <div className="mt-3">
      <h3 className="font-semibold">{t("gifts.serviceTitle")}</h3>
      {shown.map(({ pledge, town, townPhone }) => {
        const where = { town: nameIn(locale, town), phone: townPhone ?? "" };
        return (
          <p key={pledge.id} className="mt-1">
            {pledge.arrangedFor === null
              ? t("gifts.serviceBy", {
                  ...where,
                  day: pledge.dueAt === null ? "" : day(locale, pledge.dueAt),
                })
              : t("gifts.serviceOn", { ...where, day: calendarDay(locale, pledge.arrangedFor) })}
          </p>
        );
      })}
      <p className="mt-1 text-muted">{t("gifts.serviceThen")}</p>
    </div>
  );
}
