import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Card } from "../primitives/Page";

type Point = Readonly<{
  nameHans: string;
  nameHant: string;
  nameEn: string;
  address: string;
  hours: string;
  phone: string;
}>;

/** A service point: where it is, when it is open, and a number to tap. */
export function PlaceCard({ point, heading: Heading = "h3" }: { point: Point; heading?: "h2" | "h3" }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Card>
      <Heading className="text-4">{nameIn(locale, point)}</Heading>
      <p lang="zh-Hans">{point.address}</p>
      <p>
        {t("lists.hours")} {point.hours}
      </p>
      <a
        href={`tel:${point.phone}`}
        className="inline-flex min-h-tap items-center font-semibold text-brand underline underline-offset-4"
      >
        {point.phone}
      </a>
    </Card>
  );
}
