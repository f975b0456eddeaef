import { day } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { TextLink } from "../primitives/Button";
import { Facts } from "../primitives/Page";
import { useRoot } from "../shell/useRoot";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Props = Readonly<{
  wish: Readonly<{
    code: string;
    publicGroup: string | null;
    ageBand: string | null;
    pseudonym: string | null;
    town: Names | undefined;
    verifiedAt: Date;
    verifiedRole: string;
  }>;
  /** Days that it waits, or waited until the last of it came. */
  waitingDays: number;
  /** Closed, or everything of it arrived: then nobody has to bring anything any more. */
  isOver: boolean;
  /** When the last thing of a wish that is over was handed over or done. */
  arrivedAt: Date | undefined;
  organisation: (Names & Readonly<{ creditCode: string }>) | undefined;
  /** Where what is asked for goes: goods to a point, a service is done in person, money to the charity. */
  asks: Readonly<{ goods: boolean; service: boolean }>;
  point: (Names & Readonly<{ address: string; hours: string; phone: string }>) | undefined;
}>;

/** For whom, where, verified when and in what role, how it travels. */
export function WishFacts({ wish, waitingDays, isOver, arrivedAt, organisation, asks, point }: Props) {
  const t = useT();
  const locale = useLocale();
  const phone = useRoot()?.place.phoneLine ?? "";
  const group = wish.publicGroup
    ? t(`wishes.group_${wish.publicGroup}` as MessageKey)
    : t("wishes.forOrganisation");
  const age = wish.ageBand ? ` · ${t(`wishes.age_${wish.ageBand}` as MessageKey)}` : "";
  const waited = !isOver
    ? t("wishes.waitingDays", { n: waitingDays })
    : arrivedAt &&
      t(asks.goods ? "wishes.waitedDays" : "wishes.waitedService", {
        n: waitingDays,
        day: day(locale, arrivedAt),
      });
  return (
    <>
      <Facts
        rows={[
          organisation === undefined
            ? [t("wishes.forWhom"), `${group}${age}`]
            : [
                t("wishes.byWhom"),
                <TextLink key="by" to={paths(locale).publicOrganisation(organisation.creditCode)}>
                  {nameIn(locale, organisation)}
                </TextLink>,
              ],
          [t("wishes.town"), wish.town ? nameIn(locale, wish.town) : ""],
          [
            t("wishes.verified"),
            t(`wishes.verifiedBy_${wish.verifiedRole}` as MessageKey, { day: day(locale, wish.verifiedAt) }),
          ],
          [
            t("wishes.code"),
            <span key="code" className="tabular">
              {wish.code}
            </span>,
          ],
          ...(waited === undefined ? [] : [[t("wishes.waiting"), waited] as const]),
        ]}
      />
      <div className="mt-5 border-t-(length:--border) border-line pt-4 text-2">
        {point && !isOver && (asks.goods || asks.service) ? (
          <>
            <p className="font-semibold">{t("wishes.howItTravels")}</p>
            {asks.goods ? (
              <ol className="mt-1 list-decimal space-y-1 pl-5">
                <li>
                  {t("wishes.travel1", {
                    point: nameIn(locale, point),
                    address: point.address,
                    hours: point.hours,
                    phone: point.phone,
                  })}
                </li>
                <li>{t("wishes.travel2")}</li>
              </ol>
            ) : null}
            {asks.service ? (
              <p className="mt-1">{t("wishes.travelService", { phone: point.phone })}</p>
            ) : null}
          </>
        ) : null}
        <p className="mt-3 text-muted">{t("wishes.report", { phone })}</p>
      </div>
    </>
  );
}
