import { z } from "zod";
import { ownOf } from "~/domain/kernel/own";
import { AddressLines, Hours, OrganizationFacts, PhoneLine } from "./shapes";

/** The most of each kind that one item keeps. */
const MOST_PARTS = 1_000;

/** A place as its source described it; one that is no place (virtual) is where something is had online. */
const Place = z.strictObject({
  location_type: z.enum(["physical", "postal", "virtual"]),
  url: z.string().optional(),
  name: z.string().optional(),
  description: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  address: AddressLines.optional(),
  phones: z.array(PhoneLine).max(MOST_PARTS).optional(),
});
export type HsdsPlace = z.infer<typeof Place>;

/**
 * What an item's source said in more parts than the item has columns. Times and places are the parts of
 * `hours` and `place`: they hold only as long as those still say the same, so that whoever corrects the words
 * at the desk is right.
 */
export const HsdsParts = z.strictObject({
  minimumAge: z.number().optional(),
  maximumAge: z.number().optional(),
  schedules: z.array(Hours).max(MOST_PARTS).optional(),
  places: z.array(Place).max(MOST_PARTS).optional(),
  /** Those of the service itself; its places have their own. */
  phones: z.array(PhoneLine).max(MOST_PARTS).optional(),
  /** Who provides it, as its source knows them: holds while the item names the same provider. */
  organization: OrganizationFacts.optional(),
  /** The source did not say where it is for: then it is not said that it is for the whole city. */
  areaUnsaid: z.literal(true).optional(),
  /** Digest of the record that was taken last: when it comes again, nothing is new. */
  digest: z.string().optional(),
});
export type HsdsParts = z.infer<typeof HsdsParts>;

/** An item's phones as one line for people. */
export const phoneWords = (all: readonly PhoneLine[]): string | null =>
  [
    ...new Set(
      all.map(({ number, extension }) => (extension === undefined ? number : `${number}转${extension}`)),
    ),
  ].join(BETWEEN) || null;

/** Every phone that is told of an item: its own, else those of its places. */
export const phonesOf = ({ phones, places }: HsdsParts): readonly PhoneLine[] =>
  phones !== undefined && phones.length > 0 ? phones : (places ?? []).flatMap((place) => place.phones ?? []);

/** Between two phones, places or times in one column. */
export const BETWEEN = "；";

const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
const DAY_NAMES: Readonly<Record<string, string>> = {
  MO: "周一",
  TU: "周二",
  WE: "周三",
  TH: "周四",
  FR: "周五",
  SA: "周六",
  SU: "周日",
};

/** "周一至周五" for days in a row, else each by its name; "第2个周一", "最后一个周五" within a month. */
function dayWords(byday: string): string {
  const days = byday.split(",");
  const first = DAYS.findIndex((day) => day === days[0]);
  if (days.length > 2 && days.every((day, index) => day === DAYS[first + index]))
    return `${dayName(days[0] ?? "")}至${dayName(days.at(-1) ?? "")}`;
  return days.map(dayName).join("、");
}

function dayName(day: string): string {
  const name = ownOf(DAY_NAMES, day.slice(-2)) ?? day;
  const nth = Number(day.slice(0, -2) || 0);
  if (nth === 0) return name;
  return nth > 0 ? `第${nth}个${name}` : nth === -1 ? `最后一个${name}` : `倒数第${-nth}个${name}`;
}

const clock = (time: string): string => time.slice(0, 5);

/** Opening times in words; a source's own words come first. */
function scheduleWords({
  description,
  freq,
  interval,
  byday,
  bymonthday,
  opens_at,
  closes_at,
}: Hours): string {
  if (description !== undefined) return description;
  const every =
    freq === "MONTHLY"
      ? `每${interval !== undefined && interval > 1 ? `${interval}个` : ""}月`
      : interval !== undefined && interval > 1
        ? `每${interval}周的`
        : "";
  const days =
    byday !== undefined
      ? dayWords(byday)
      : bymonthday !== undefined
        ? `${bymonthday.replaceAll(",", "、")}日`
        : "";
  const times =
    opens_at !== undefined && closes_at !== undefined ? `${clock(opens_at)}–${clock(closes_at)}` : "";
  return [`${every}${days}`, times].filter(Boolean).join(" ");
}

const inWords = (words: readonly string[]): string | null =>
  [...new Set(words.filter((word) => word !== ""))].join(BETWEEN) || null;

export const hoursWords = (schedules: readonly Hours[]): string | null =>
  inWords(schedules.map(scheduleWords));

const placeText = ({ name, address }: HsdsPlace): string =>
  [...new Set([name, address?.address_1, address?.address_2].filter((word) => word !== undefined))].join(" ");

export const placeWords = (places: readonly HsdsPlace[]): string | null =>
  inWords(places.filter(({ location_type }) => location_type !== "virtual").map(placeText));

type Worded = Readonly<{
  hours: string | null;
  place: string | null;
  phone: string | null;
  provider: string;
  hsdsParts: unknown;
}>;

/** The parts of an item that still agree with its words. Stored parts are read through their shape again. */
export function hsdsPartsOf({ hours, place, phone, provider, hsdsParts }: Worded): HsdsParts {
  const { schedules, places, phones, organization, ...parts } =
    hsdsParts === null ? {} : HsdsParts.parse(hsdsParts);
  const samePhones = phoneWords(phonesOf({ phones, places })) === phone;
  const placesNow = samePhones ? places : places?.map(({ phones: _phones, ...at }) => at);
  return {
    ...parts,
    ...(phones !== undefined && samePhones ? { phones } : {}),
    ...(organization !== undefined && organization.name === provider ? { organization } : {}),
    ...(schedules !== undefined && hoursWords(schedules) === hours ? { schedules } : {}),
    ...(places !== undefined && placeWords(places) === place ? { places: placesNow } : {}),
  };
}

/** Times of an item: in parts where they are known so, else its own words. */
export function schedulesOf(item: Worded): readonly Hours[] {
  const { schedules } = hsdsPartsOf(item);
  return schedules ?? (item.hours ? [{ description: item.hours }] : []);
}

/**
 * Places of an item; none for what is asked for by phone, online or at the service point of one's own town.
 */
export function itemPlacesOf(item: Worded): readonly HsdsPlace[] {
  const { places } = hsdsPartsOf(item);
  return places ?? (item.place ? [{ location_type: "physical", name: item.place }] : []);
}
