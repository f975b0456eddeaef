import { createHash } from "node:crypto";
import { shanghaiDay } from "~/domain/kernel/time";
import { traditional } from "~/domain/needs/words.server";
import { LISTS, type ListName } from "~db/schema/directory";
import { AUDIENCES, LIFE_SITUATIONS } from "~db/schema/factWords";
import { agesInText } from "./ages";
import type { Notes, Origin } from "./notes";
import { hoursWords, placeWords, type HsdsParts, type Place } from "./parts";
import type { Attribute, Service } from "./shapes";
import { TAXONOMIES, TRANSLATIONS, type TaxonomyName } from "./taxonomies.server";
import { cityCode, EXTENT_TYPE, phoneWords, type ListItem, type Surroundings } from "./toService.server";

/** Where entries stand that came without a category of ours. */
const UNFILED = "未分类";

export type Reading = Readonly<{
  origin: Origin;
  originOf: (part: object) => Origin | undefined;
  notes: Notes;
  towns: Surroundings["towns"];
  now: Date;
  /** The list of entries that do not say theirs. */
  list: ListName;
}>;

export const digestOf = (service: Service): string => createHash("sha256").update(JSON.stringify(service)).digest("base64url");

/**
 * What a record says of an entry, column by column. What it does not say of filing and names stays as it is here; everything
 * else follows the source. Nothing is guessed: an area that is none of our towns, a service that is not active, and the like are
 * noted, and hold the entry back from being published by an import.
 */
export function toItem(service: Service, existing: ListItem | undefined, reading: Reading) {
  const { origin, notes, now } = reading;
  const filing = filingOf(service, existing, reading);
  const areas = areasOf(service, existing, reading);
  const times = firstOf(
    service.schedules,
    placed(service, (at) => at.schedules),
    placed(service, (at) => at.location?.schedules),
  );
  const phones = firstOf(
    service.phones,
    placed(service, (at) => at.phones),
    placed(service, (at) => at.location?.phones),
  );
  const schedules = times.map(({ id: _id, service_id: _s, location_id: _l, service_at_location_id: _a, attributes: _x, ...hours }) => hours);
  const [hours, places] = [hoursWords(schedules), placesIn(service)];
  const place = placeWords(places);
  const isPlainTime = schedules.length === 1 && Object.keys(schedules[0] ?? {}).join() === "description";
  const isPlainPlace = places.length === 1 && places[0]?.location_type === "physical" && Object.keys(places[0]).sort().join() === "location_type,name";
  if (service.status !== "active") notes.warn(origin, "not_active", service.status);
  if (service.description === undefined || service.eligibility_description === undefined) notes.warn(origin, "no_text");
  if (service.minimum_age === undefined && service.maximum_age === undefined) {
    const suggestion = agesInText(service.eligibility_description ?? "");
    if (suggestion !== undefined) notes.warn(origin, "age_in_text", suggestion);
  }
  const hsdsParts: HsdsParts = {
    ...(service.minimum_age === undefined ? {} : { minimumAge: service.minimum_age }),
    ...(service.maximum_age === undefined ? {} : { maximumAge: service.maximum_age }),
    ...(hours !== null && !isPlainTime ? { schedules } : {}),
    ...(place !== null && !isPlainPlace ? { places } : {}),
    digest: digestOf(service),
  };
  const { checkedAt, checkedBy } = checkOf(service, existing, reading);
  const modified = service.last_modified === undefined ? now : new Date(service.last_modified);
  if (modified > now) notes.warn(origin, "in_the_future", "last_modified");
  const values = {
    ...filing,
    name: service.name,
    targetGroup: service.eligibility_description ?? "",
    content: service.description ?? "",
    provider: service.organization?.name ?? "",
    townCodes: areas.townCodes,
    howToApply: service.application_process ?? null,
    papers: (service.required_documents ?? []).flatMap(({ document }) => document ?? []),
    place,
    phone: phoneWords(phones),
    hours,
    url: service.url ?? placed(service, (at) => (at.location?.location_type === "virtual" && at.location.url ? [at.location.url] : []))[0] ?? null,
    checkedAt,
    checkedBy,
    hsdsParts,
  };
  return { values, modified: modified > now ? now : modified, holdBack: service.status !== "active" || areas.unknown };
}

/** The first of these lists that says anything. */
const firstOf = <Part>(...lists: readonly (readonly Part[] | undefined)[]): readonly Part[] => lists.find((list) => list !== undefined && list.length > 0) ?? [];

const placed = <Part>(service: Service, parts: (at: NonNullable<Service["service_at_locations"]>[number]) => readonly Part[] | undefined): Part[] =>
  (service.service_at_locations ?? []).flatMap((at) => parts(at) ?? []);

function placesIn(service: Service): Place[] {
  return placed(service, ({ location }) => {
    if (location === undefined || location.location_type === "virtual") return [];
    const { location_type, name, description, latitude, longitude, addresses } = location;
    const [first] = addresses ?? [];
    const { id: _id, location_id: _l, attributes: _a, ...address } = first ?? { id: "" };
    if (name === undefined && first === undefined) return [];
    return [
      {
        location_type,
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(latitude === undefined ? {} : { latitude }),
        ...(longitude === undefined ? {} : { longitude }),
        ...(first === undefined ? {} : { address: address as NonNullable<Place["address"]> }),
      },
    ];
  });
}

const taxonomyOf = ({ taxonomy_term: term }: Attribute): TaxonomyName | undefined =>
  TAXONOMIES.find(({ id, name }) => name === (term?.taxonomy ?? term?.taxonomy_detail?.name) || id === term?.taxonomy_id)?.name as TaxonomyName | undefined;

/** List, category, audiences, occasions, standard and names in other scripts: told only by records that know our taxonomies. */
function filingOf(service: Service, existing: ListItem | undefined, { origin, originOf, notes, list }: Reading) {
  const attributes = service.attributes ?? [];
  for (const attribute of attributes)
    if (attribute.taxonomy_term === undefined && attribute.value === undefined) notes.warn(originOf(attribute) ?? origin, "links_to_nothing", attribute.link_type ?? "");
  const codes = <Word extends string>(taxonomy: TaxonomyName, words: readonly Word[]): Word[] =>
    attributes
      .filter((attribute) => taxonomyOf(attribute) === taxonomy)
      .flatMap((attribute) => {
        const code = words.find((word) => word === attribute.taxonomy_term?.code);
        if (code === undefined) notes.warn(originOf(attribute) ?? origin, "unknown_term", attribute.taxonomy_term?.code ?? "");
        return code ?? [];
      });
  const [ownList] = codes("zs-list", LISTS);
  const isOurs = ownList !== undefined;
  const category = attributes.find((attribute) => taxonomyOf(attribute) === "zs-category")?.taxonomy_term?.code ?? (isOurs ? "" : existing?.category);
  if (category === undefined) notes.warn(origin, "no_category", UNFILED);
  const value = (type: string) => attributes.find((attribute) => attribute.link_type === type)?.value;
  const translated = (key: keyof typeof TRANSLATIONS) => attributes.find((attribute) => attribute.taxonomy_term?.id === TRANSLATIONS[key].id)?.value;
  const keeps = existing !== undefined && existing.name === service.name;
  return {
    list: ownList ?? existing?.list ?? list,
    category: category ?? UNFILED,
    nameHant: translated("nameHant") ?? (isOurs ? service.name : keeps ? existing.nameHant : traditional(service.name)),
    nameEn: translated("nameEn") ?? (keeps && !isOurs ? existing.nameEn : service.name),
    standard: value("benefit_standard") ?? (isOurs ? null : (existing?.standard ?? null)),
    audiences: isOurs || existing === undefined ? [...new Set(codes("zs-audience", AUDIENCES))] : existing.audiences,
    situations: isOurs || existing === undefined ? [...new Set(codes("zs-situation", LIFE_SITUATIONS))] : existing.situations,
  };
}

/** Towns by their code, else by exactly their name. The code of the city, or no area at all, is everywhere. */
function areasOf(service: Service, existing: ListItem | undefined, { origin, originOf, notes, towns }: Reading): { townCodes: string[]; unknown: boolean } {
  const areas = service.service_areas ?? [];
  const city = cityCode(towns);
  const townCodes: string[] = [];
  let [everywhere, unknown] = [areas.length === 0, false];
  for (const area of areas) {
    const byCode = area.extent_type === EXTENT_TYPE ? area.extent : undefined;
    const town = towns.find(({ code, name }) => code === byCode || (byCode === undefined && name === area.name));
    if (town) townCodes.push(town.code);
    else if (byCode !== undefined && byCode === city) everywhere = true;
    else {
      unknown = true;
      notes.warn(originOf(area) ?? origin, "unknown_area", area.name ?? area.extent ?? "");
    }
  }
  const known = everywhere ? [] : [...new Set(townCodes)].sort();
  return { townCodes: unknown && known.length === 0 ? (existing?.townCodes ?? []) : known, unknown };
}

/** The day of the last check: a later one of ours stays. */
function checkOf({ assured_date }: Service, existing: ListItem | undefined, { origin, notes, now }: Reading): Pick<ListItem, "checkedAt" | "checkedBy"> {
  const ours = { checkedAt: existing?.checkedAt ?? null, checkedBy: existing?.checkedBy ?? null };
  if (assured_date === undefined) return ours;
  if (assured_date > shanghaiDay(now)) {
    notes.warn(origin, "in_the_future", "assured_date");
    return ours;
  }
  if (ours.checkedAt !== null && shanghaiDay(ours.checkedAt) >= assured_date) return ours;
  return { checkedAt: new Date(`${assured_date}T00:00:00+08:00`), checkedBy: null };
}
