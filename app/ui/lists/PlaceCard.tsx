import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Card, Tag } from "../primitives/Page";
import { openNow } from "./openNow";

type Point = Readonly<{
  nameHans: string;
  nameHant: string;
  nameEn: string;
  address: string;
  hours: string;
  phone: string;
}>;

/** A service point: where it is, when it is open, whether it is now, and a number to tap. */
export function PlaceCard({
  point,
  heading: Heading = "h3",
  now,
}: {
  point: Point;
  heading?: "h2" | "h3";
  now?: Date;
}) {
  const t = useT();
  const locale = useLocale();
  const stands = now && openNow(point.hours, now);
  return (
    <Card>
      <Heading className="text-4">{nameIn(locale, point)}</Heading>
      <p lang="zh-Hans">{point.address}</p>
      <p>
        {t("lists.hours")} {point.hours}
      </p>
      {stands ? (
        <p className="mt-1">
          <Tag tone={stands.isOpen ? "done" : "wait"}>
            {t(stands.isOpen ? "lists.openUntil" : "lists.opensAt", { time: stands.time })}
          </Tag>
        </p>
      ) : null}
      <a
        href={`tel:${point.phone}`}
        className="inline-flex min-h-tap items-center font-semibold text-brand underline underline-offset-4"
      >
        {point.phone}
      </a>
    </Card>
  );
}
