import { shanghaiDay } from "~/domain/kernel/time";
import type { listItems } from "~db/schema/directory";
import type { RuleInForce } from "../inForce.server";
import type { Parameters } from "../rules/evaluate";
import { ageBounds, type AgeBounds } from "./ages";
import { organizationIdOf, serviceIdOf, uuid5 } from "./ids.server";
import { BETWEEN, partsOf, placesOf, schedulesOf, type Place } from "./parts";
import { WebAddress, type Attribute, type Location, type Organization, type Program, type Service, type ServiceAtLocation, type TaxonomyTerm } from "./shapes";
import { audienceTerm, categoryTerm, LISTS_IN_WORDS, listTerm, situationTerm, TRANSLATIONS } from "./taxonomies.server";

export type ListItem = typeof listItems.$inferSelect;

/** What an entry's record needs besides the entry itself. */
export type Surroundings = Readonly<{
  towns: readonly Readonly<{ code: string; name: string }>[];
  rules: ReadonlyMap<string, RuleInForce>;
  /** Undefined while no rule is in force. */
  parameters: Parameters | undefined;
}>;

/** Drops what says nothing: HSDS has no null, and an empty text or list is no value either. */
function compact<T extends object>(record: { [Key in keyof T]: T[Key] | null | undefined }): T {
  const kept = Object.entries(record).filter(([, value]) => value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(kept) as T;
}

/** Areas are codes of GB/T 2260; its first six digits name the whole city. */
export const EXTENT_TYPE = "CN-GB2260";
export const cityCode = (towns: Surroundings["towns"]): string | undefined => towns[0]?.code.slice(0, 6);

/**
 * An entry as an HSDS 3.0 service with everything that belongs to it. The same entry always gives the same bytes: keys and lists
 * have one order, and every id is made from the service's own.
 */
export function toService(item: ListItem, surroundings: Surroundings): Service {
  const id = serviceIdOf(item);
  const within = (kind: string, key: string | number) => uuid5(`${kind}:${id}:${key}`);
  const ages = agesOf(item, surroundings);
  return compact<Service>({
    id,
    name: item.name,
    description: item.content,
    url: webAddress(item.url),
    status: "active",
    application_process: item.howToApply,
    eligibility_description: item.targetGroup,
    minimum_age: ages.minimumAge,
    maximum_age: ages.maximumAge,
    assured_date: item.checkedAt && shanghaiDay(item.checkedAt),
    last_modified: item.updatedAt.toISOString(),
    phones: phones(item.phone).map((phone, index) => ({ id: within("phone", index), ...phone })),
    schedules: schedulesOf(item).map((hours, index) => ({ id: within("schedule", index), ...hours })),
    service_areas: areas(item, surroundings.towns).map((area) => ({ id: within("service_area", area.extent), ...area, extent_type: EXTENT_TYPE })),
    service_at_locations: serviceAtLocations(item),
    organization: item.provider ? organizationOf(item.provider) : undefined,
    program: programOf(item.list),
    required_documents: item.papers.filter(Boolean).map((document, index) => ({ id: within("required_document", index), document })),
    attributes: attributes(item, within),
  });
}

export const organizationOf = (name: string): Organization => ({ id: organizationIdOf(name), name, description: `提供清单条目的单位：${name}` });

const programOf = (list: ListItem["list"]): Program => ({ id: uuid5(`program:${list}`), name: LISTS_IN_WORDS[list][0], description: LISTS_IN_WORDS[list][1] });

/** A web address as every reader takes it; undefined when there is none. */
function webAddress(url: string | null): string | undefined {
  if (url === null || !URL.canParse(url)) return undefined;
  const { href } = new URL(url);
  return WebAddress.safeParse(href).success ? href : undefined;
}

/** A rule in force decides; where there is none, what the source said. */
function agesOf(item: ListItem, { rules, parameters }: Surroundings): AgeBounds {
  const rule = rules.get(item.code)?.rule;
  if (rule && parameters) return ageBounds(rule, parameters) ?? {};
  return partsOf(item);
}

/** Phones in one column, an extension behind 转. */
function phones(column: string | null): { number: string; extension?: number }[] {
  const each = (column ?? "").split(/[；;、]/).map((phone) => phone.trim());
  return [...new Set(each)].filter(Boolean).map((phone) => {
    const parted = /^(.*\S)\s*转\s*(\d{1,8})$/.exec(phone);
    return parted ? { number: parted[1] ?? phone, extension: Number(parted[2]) } : { number: phone };
  });
}

export const phoneWords = (all: readonly Readonly<{ number: string; extension?: number | undefined }>[]): string | null =>
  [...new Set(all.map(({ number, extension }) => (extension === undefined ? number : `${number}转${extension}`)))].join(BETWEEN) || null;

function areas({ townCodes }: ListItem, towns: Surroundings["towns"]): { name: string; extent: string }[] {
  const code = cityCode(towns);
  if (townCodes.length === 0) return code === undefined ? [] : [{ name: "全市", extent: code }];
  return towns.filter((town) => townCodes.includes(town.code)).map((town) => ({ name: town.name, extent: town.code }));
}

/** Where the service is had: each of its places, or one that is no place at all. */
export function serviceAtLocations(item: ListItem): ServiceAtLocation[] {
  const id = serviceIdOf(item);
  const places = placesOf(item);
  const locations: Location[] =
    places.length > 0
      ? places.map((place, index) => location(place, `location:${id}:${index}`))
      : [compact<Location>({ id: uuid5(`location:${id}:virtual`), location_type: "virtual", url: webAddress(item.url), name: item.name })];
  return locations.map((at) => ({ id: uuid5(`service_at_location:${at.id}`), service_id: id, location_id: at.id, location: at }));
}

const location = ({ address, ...place }: Place, name: string): Location => ({
  id: uuid5(name),
  ...place,
  ...(address ? { addresses: [{ id: uuid5(`${name}:address`), ...address }] } : {}),
});

/** What HSDS has no key for, and how the entry is filed: nothing of it is lost on the way out and back. */
function attributes(item: ListItem, within: (kind: string, key: string) => string): Attribute[] {
  const value = (type: string, text: string | null) => (text ? [{ id: within("attribute", type), link_type: type, link_entity: "service", value: text }] : []);
  const filed = (type: string, term: TaxonomyTerm) => ({ id: within("attribute", `${type}:${term.code}`), link_type: type, link_entity: "service", taxonomy_term: term });
  const translated = (term: TaxonomyTerm, text: string) =>
    text === item.name || text === ""
      ? []
      : [{ id: within("attribute", `translation:${term.code}`), link_type: "translation", link_entity: "service", value: text, taxonomy_term: term }];
  return [
    ...value("local_code", item.code),
    filed("list", listTerm(item.list)),
    ...(item.category ? [filed("category", categoryTerm(item.category))] : []),
    ...[...item.audiences].sort().map((audience) => filed("eligibility", audienceTerm(audience))),
    ...[...item.situations].sort().map((situation) => filed("situation", situationTerm(situation))),
    ...value("benefit_standard", item.standard),
    ...translated(TRANSLATIONS.nameEn, item.nameEn),
    ...translated(TRANSLATIONS.nameHant, item.nameHant),
  ];
}
