import { calendarDay } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { JointDaySide, JointDayState as State } from "~db/schema/giving";
import { LinkButton } from "../primitives/Button";
import { Card } from "../primitives/Page";
import { JointDayState } from "./JointDayState";

type Point = Readonly<{
  nameHans: string;
  nameHant: string;
  nameEn: string;
  address: string;
  hours: string;
  phone: string;
}>;
export type GiftJointDay = Readonly<{
  current:
    | Readonly<{
        id: string;
        day: string;
        state: State;
        version: number;
        proposedSide: JointDaySide;
        point: Point;
      }>
    | undefined;
  mayPropose: boolean;
}>;

/** The joint day of a company's gift: which day, where, how it stands; or that one can be agreed on. */
export function JointDayCard({
  giftCode,
  jointDay: { current, mayPropose },
}: {
  giftCode: string;
  jointDay: GiftJointDay;
}) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  if (!current && !mayPropose) return null;
  return (
    <Card className="mt-4">
      <h2 className="text-4">{t("jointDays.title")}</h2>
      {current ? (
        <JointDayFacts jointDay={current} />
      ) : (
        <p className="mt-1 text-muted">{t("jointDays.lead")}</p>
      )}
      <div className="no-print mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
        {mayPropose ? (
          <LinkButton look="secondary" to={at.jointDay(giftCode)}>
            {t(current && current.state !== "held" ? "jointDays.look" : "jointDays.propose")}
          </LinkButton>
        ) : null}
        {current?.state === "agreed" ? (
          <a
            href={at.jointDayIcs(giftCode)}
            className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
          >
            {t("jointDays.calendar")}
          </a>
        ) : null}
      </div>
    </Card>
  );
}

/** Day, point and state, as its donor reads them. */
export function JointDayFacts({ jointDay }: { jointDay: NonNullable<GiftJointDay["current"]> }) {
  const locale = useLocale();
  const { point } = jointDay;
  return (
    <div className="mt-2 grid gap-1">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-4 font-semibold">{calendarDay(locale, jointDay.day)}</span>
        <JointDayState jointDay={jointDay} reader="donor" />
      </p>
      <p>{nameIn(locale, point)}</p>
      <p className="text-2 text-muted" lang="zh-Hans">
        {point.address} · {point.hours} · {point.phone}
      </p>
    </div>
  );
}
