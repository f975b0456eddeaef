import { createHash } from "node:crypto";
import { shanghaiDay } from "~/domain/kernel/time";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { type ListName, LISTS } from "~db/schema/directory";
import { AUDIENCES, LIFE_SITUATIONS } from "~db/schema/factVocabulary";
import { agesInText } from "./ages";
import type { Notes, Origin } from "./notes";
import {
  hoursWords,
  type HsdsParts,
  hsdsPartsOf,
  type HsdsPlace,
  phonesOf,
  phoneWords,
  placeWords,
} from "./parts";
import type { Attribute, OrganizationFacts, PhoneLine, Service } from "./shapes";
import { TAXONOMIES, type TaxonomyName, TRANSLATIONS } from "./taxonomies.server";
import { cityCode, EXTENT_TYPE, type ListItem, type Surroundings } from "./toService.server";

/** The category of an item that came without one of ours: none is made up. */
const UNFILED = "";

export type Reading = Readonly<{
  origin: Origin;
  originOf: (part: object) => Origin | undefined;
  notes: Notes;
  towns: Surroundings["towns"];
  now: Date;
  /** The list of items that do not say theirs. */
  list: ListName;
}>;

export const digestOf = (service: Service): string =>
  createHash("sha256").update(JSON.stringify(service)).digest("base64url");

/**
 * What a record says of an item, column by column. What it does not say of filing and names stays as it is
 * here; everything else follows the source. Nothing is guessed: an area that is none of our towns, a service
 * that is not active, and the like are noted, and hold the item back from being published by an import.
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
  const schedules = times.map(
    ({ id: _id, service_id: _s, location_id: _l, service_at_location_id: _a, attributes: _x, ...hours }) =>
      hours,
  );
  const [hours, places] = [hoursWords(schedules), placesIn(service)];
  const place = placeWords(places);
  const isPlainTime = schedules.length === 1 && Object.keys(schedules[0] ?? {}).join() === "description";
  const phones = (service.phones ?? []).map(phoneLine);
  const isPlainPhone =
    phones.every((phone) => Object.keys(phone).every((key) => ["number", "extension"].includes(key))) &&
    places.every((at) => at.phones === undefined);
  const isPlainPlace =
    places.length === 1 &&
    places[0]?.location_type === "physical" &&
    Object.keys(places[0]).sort().join() === "location_type,name";
  if (service.status !== "active") notes.warn(origin, "not_active", service.status);
  if (service.description === undefined || service.eligibility_description === undefined)
    notes.warn(origin, "no_text");
  if (service.minimum_age === undefined && service.maximum_age === undefined) {
    const suggestion = agesInText(service.eligibility_description ?? "");
    if (suggestion !== undefined) notes.warn(origin, "age_in_text", suggestion);
  }

  const hsdsParts: HsdsParts = {
    ...(service.minimum_age === undefined ? {} : { minimumAge: service.minimum_age }),
    ...(service.maximum_age === undefined ? {} : { maximumAge: service.maximum_age }),
    ...(hours !== null && !isPlainTime ? { schedules } : {}),
    ...(places.length > 0 && !isPlainPlace ? { places } : {}),
    ...(phones.length > 0 && !isPlainPhone ? { phones } : {}),
    ...(service.organization === undefined ? {} : { organization: factsOf(service.organization) }),
    ...(areas.unsaid ? { areaUnsaid: true as const } : {}),
    digest: digestOf(service),
  };
  const { checkedAt, checkedBy } = checkOf(service, existing, reading);
  const modified = service.last_modified === undefined ? now : new Date(service.last_modified);
  if (modified > now) notes.warn(origin, "in_the_future", "last_modified");
  const { unknown: _doubt, ...filed } = filing;
  const values = {
    ...filed,
    name: service.name,
    targetGroup: service.eligibility_description ?? "",
    content: service.description ?? "",
    provider: service.organization?.name ?? "",
    townCodes: areas.townCodes,
    howToApply: service.application_process ?? null,
    papers: (service.required_documents ?? []).flatMap(({ document }) => document ?? []),
    place,
    phone: phoneWords(phonesOf({ phones, places })),
    hours,
    url:
      service.url ??
      placed(service, (at) =>
        at.location?.location_type === "virtual" && at.location.url ? [at.location.url] : [],
      )[0] ??
      null,
    checkedAt,
    checkedBy,
    hsdsParts,
  };
  return {
    values,
    modified: modified > now ? now : modified,
    holdBack: service.status !== "active" || areas.unknown || areas.unsaid || filing.unknown,
  };
}

/** The first of these lists that says anything. */
const firstOf = <Part>(...lists: readonly (readonly Part[] | undefined)[]): readonly Part[] =>
  lists.find((list) => list !== undefined && list.length > 0) ?? [];

const placed = <Part>(
  service: Service,
  parts: (at: NonNullable<Service["service_at_locations"]>[number]) => readonly Part[] | undefined,
): Part[] => (service.service_at_locations ?? []).flatMap((at) => parts(at) ?? []);

const phoneLine = ({ number, extension, type, description }: PhoneLine): PhoneLine => ({
  number,
  ...(extension === undefined ? {} : { extension }),
  ...(type === undefined ? {} : { type }),
  ...(description === undefined ? {} : { description }),
});

function placesIn(service: Service): HsdsPlace[] {
  return placed(service, ({ location, phones: ofService }) => {
    if (location === undefined) return [];
    const { location_type, url, name, description, latitude, longitude, addresses } = location;
    const [first] = addresses ?? [];
    const { id: _id, location_id: _l, attributes: _a, ...address } = first ?? { id: "" };
    const phones = (location.phones ?? ofService ?? []).map(phoneLine);
    if (name === undefined && first === undefined && url === undefined && phones.length === 0) return [];
    return [
      {
        location_type,
        ...(url === undefined ? {} : { url }),
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(latitude === undefined ? {} : { latitude }),
        ...(longitude === undefined ? {} : { longitude }),
        ...(first === undefined ? {} : { address: address as NonNullable<HsdsPlace["address"]> }),
        ...(phones.length === 0 ? {} : { phones }),
      },
    ];
  });
}

/** What is said of an organization itself; what belongs to it besides is not. */
function factsOf(organization: NonNullable<Service["organization"]>): OrganizationFacts {
  const {
    id,
    name,
    alternate_name,
    description,
    email,
    website,
    tax_status,
    tax_id,
    year_incorporated,
    legal_status,
    logo,
    uri,
    organization_identifiers,
  } = organization;
  const identifiers = organization_identifiers?.map(
    ({ organization_id: _o, attributes: _a, ...identifier }) => identifier,
  );
  const said = {
    alternate_name,
    email,
    website,
    tax_status,
    tax_id,
    year_incorporated,
    legal_status,
    logo,
    uri,
    organization_identifiers: identifiers,
  };
  return {
    id,
    name,
    description,
    ...(Object.fromEntries(
      Object.entries(said).filter(([, value]) => value !== undefined),
    ) as Partial<OrganizationFacts>),
  };
}

const taxonomyOf = ({ taxonomy_term: term }: Attribute): TaxonomyName | undefined =>
  TAXONOMIES.find(
    ({ id, name }) => name === (term?.taxonomy ?? term?.taxonomy_detail?.name) || id === term?.taxonomy_id,
  )?.name as TaxonomyName | undefined;

/**
 * List, category, audiences, occasions, standard and names in other scripts: told only by records that know
 * our taxonomies.
 */
function filingOf(
  service: Service,
  existing: ListItem | undefined,
  { origin, originOf, notes, list }: Reading,
) {
  const attributes = service.attributes ?? [];
  let unknown = false;
  for (const attribute of attributes)
    if (attribute.taxonomy_term === undefined && attribute.value === undefined)
      notes.warn(originOf(attribute) ?? origin, "links_to_nothing", attribute.link_type ?? "");
  const codes = <Word extends string>(taxonomy: TaxonomyName, words: readonly Word[]): Word[] =>
    attributes
      .filter((attribute) => taxonomyOf(attribute) === taxonomy)
      .flatMap((attribute) => {
        const code = words.find((word) => word === attribute.taxonomy_term?.code);

        if (code === undefined) {
          unknown = true;
          notes.warn(originOf(attribute) ?? origin, "unknown_term", attribute.taxonomy_term?.code ?? "");
        }

        return code ?? [];
      });
  const [ownList] = codes("zs-list", LISTS);
  const isOurs = ownList !== undefined;
  const category =
    attributes.find((attribute) => taxonomyOf(attribute) === "zs-category")?.taxonomy_term?.code ??
    (isOurs ? "" : existing?.category);
  if (category === undefined) notes.warn(origin, "no_category");
  const value = (type: string) => attributes.find((attribute) => attribute.link_type === type)?.value;
  const translated = (key: keyof typeof TRANSLATIONS) =>
    attributes.find((attribute) => attribute.taxonomy_term?.id === TRANSLATIONS[key].id)?.value;
  const keeps = existing !== undefined && existing.name === service.name;
  const [audiences, situations] = [
    [...new Set(codes("zs-audience", AUDIENCES))],
    [...new Set(codes("zs-situation", LIFE_SITUATIONS))],
  ];
  return {
    unknown,
    list: ownList ?? existing?.list ?? list,
    category: category ?? UNFILED,
    nameHant:
      translated("nameHant") ??
      (isOurs ? service.name : keeps ? existing.nameHant : traditional(service.name)),
    nameEn: translated("nameEn") ?? (keeps && !isOurs ? existing.nameEn : service.name),
    standard: value("benefit_standard") ?? (isOurs ? null : (existing?.standard ?? null)),
    audiences: isOurs || existing === undefined ? audiences : existing.audiences,
    situations: isOurs || existing === undefined ? situations : existing.situations,
  };
}

/**
 * Towns by their code, else by exactly their name. The code of the city is everywhere. Where no area is
 * named, or none of ours, what is known here stays, and of a new item it is not said that it is for
 * everywhere.
 */
function areasOf(
  service: Service,
  existing: ListItem | undefined,
  { origin, originOf, notes, towns }: Reading,
): { townCodes: string[]; unknown: boolean; unsaid: boolean } {
  const areas = service.service_areas ?? [];
  const before = {
    townCodes: existing?.townCodes ?? [],
    unsaid: existing === undefined || (hsdsPartsOf(existing).areaUnsaid ?? false),
  };

  if (areas.length === 0) {
    if (before.unsaid) notes.warn(origin, "no_area");
    return { ...before, unknown: false };
  }

  const city = cityCode(towns);
  const townCodes: string[] = [];
  let [everywhere, unknown] = [false, false];

  for (const area of areas) {
    const byCode = area.extent_type === EXTENT_TYPE ? area.extent : undefined;
    const town = towns.find(
      ({ code, name }) => code === byCode || (byCode === undefined && name === area.name),
    );

    if (town) townCodes.push(town.code);
    else if (byCode !== undefined && byCode === city) everywhere = true;
    else {
      unknown = true;
      notes.warn(originOf(area) ?? origin, "unknown_area", area.name ?? area.extent ?? "");
    }
  }

  const known = everywhere ? [] : [...new Set(townCodes)].sort();
  if (unknown && known.length === 0 && !everywhere) return { ...before, unknown };
  return { townCodes: known, unknown, unsaid: false };
}

/** The day of the last check: a later one of ours stays. */
function checkOf(
  { assured_date }: Service,
  existing: ListItem | undefined,
  { origin, notes, now }: Reading,
): Pick<ListItem, "checkedAt" | "checkedBy"> {
  const ours = { checkedAt: existing?.checkedAt ?? null, checkedBy: existing?.checkedBy ?? null };
  if (assured_date === undefined) return ours;
  if (assured_date > shanghaiDay(now)) {
    notes.warn(origin, "in_the_future", "assured_date");
    return ours;
  }

  if (ours.checkedAt !== null && shanghaiDay(ours.checkedAt) >= assured_date) return ours;
  return { checkedAt: new Date(`${assured_date}T00:00:00+08:00`), checkedBy: null };
}
