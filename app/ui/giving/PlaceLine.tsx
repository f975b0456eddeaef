import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Icon } from "../icons/Icon";
import { PhoneLine } from "../primitives/PhoneLine";

export type Place = Readonly<{
  nameHans: string;
  nameHant: string;
  nameEn: string;
  address: string;
  hours: string;
  phone: string;
}>;

/** A plain address that phones open in the map they have; nothing is loaded from there, and nothing told. */
const mapOf = ({ nameHans, address }: Place): string =>
  `https://uri.amap.com/search?keyword=${encodeURIComponent(`${address} ${nameHans}`)}`;

/** Where a point is, when it is open, how to call it, and the way there. */
export function PlaceLine({ place }: { place: Place }) {
  const t = useT();
  const locale = useLocale();
  return (
    <div>
      <p className="text-4 font-semibold">{nameIn(locale, place)}</p>
      <p lang="zh-Hans">{place.address}</p>
      <p className="text-muted">{t("gifts.hours", { hours: place.hours })}</p>
      <p className="flex flex-wrap gap-x-5">
        <a
          href={mapOf(place)}
          rel="noreferrer"
          className="inline-flex min-h-tap items-center gap-2 font-semibold text-brand underline underline-offset-4"
        >
          <Icon name="pin" className="size-5" />
          {t("gifts.openMap")}
        </a>
        <PhoneLine phone={place.phone} />
      </p>
    </div>
  );
}
