import { shanghaiDay } from "~/domain/kernel/time";
import type { RuleInForce } from "~/domain/lists/inForce.server";
import type { Parameters } from "~/domain/rules/evaluate";
import type { listItems } from "~db/schema/directory";
import { type AgeBounds, ageBounds } from "./ages";
import { organizationIdOf, serviceIdOf, uuid5 } from "./ids.server";
import { hsdsPartsOf, type HsdsPlace, itemPlacesOf, schedulesOf } from "./parts";
import {
  type Attribute,
  type Location,
  type Organization,
  type PhoneLine,
  type Program,
  type Service,
  type ServiceAtLocation,
  WebAddress,
} from "./shapes";
import {
  audienceTerm,
  categoryTerm,
  LISTS_IN_WORDS,
  listTerm,
  type OurTerm,
  situationTerm,
  TRANSLATIONS,
} from "./taxonomies.server";

export type ListItem = typeof listItems.$inferSelect;

/** What an item's record needs besides the item itself. */
export type Surroundings = Readonly<{
  towns: readonly Readonly<{ code: string; name: string }>[];
  rules: ReadonlyMap<string, RuleInForce>;
  /** Undefined while no rule is in force. */
  parameters: Parameters | undefined;
}>;

/** Drops what says nothing: HSDS has no null, and an empty text or list is no value either. */
function compact<T extends object>(record: { [Key in keyof T]: T[Key] | null | undefined }): T {
  const kept = Object.entries(record).filter(
    ([, value]) =>
      value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept) as T;
}

/** Areas are codes of GB/T 2260; its first six digits name the whole city. */
export const EXTENT_TYPE = "CN-GB2260";
export const cityCode = (towns: Surroundings["towns"]): string | undefined => towns[0]?.code.slice(0, 6);

/**
 * An item as an HSDS 3.0 service with everything that belongs to it. The same item always gives the same
 * bytes: keys and lists have one order, and every id is made from the service's own.
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
    phones: phonesTold(item).map((phone, index) => ({ id: within("phone", index), ...phone })),
    schedules: schedulesOf(item).map((hours, index) => ({ id: within("schedule", index), ...hours })),
    service_areas: areas(item, surroundings.towns).map((area) => ({
      id: within("service_area", area.extent),
      ...area,
      extent_type: EXTENT_TYPE,
    })),
    service_at_locations: serviceAtLocations(item),
    organization: providerOf(item),
    program: programOf(item.list),
    required_documents: item.papers
      .filter(saysSomething)
      .map((document, index) => ({ id: within("required_document", index), document })),
    attributes: attributes(item, within),
  });
}

/**
 * Whoever provides an item: as their source described them, else as an organization of which we know the
 * name.
 */
export function providerOf(item: ListItem): Organization | undefined {
  return hsdsPartsOf(item).organization ?? (item.provider ? organizationOf(item.provider) : undefined);
}

const organizationOf = (name: string): Organization => ({
  id: organizationIdOf(name),
  name,
  description: `提供清单事项的单位：${name}`,
});

const programOf = (list: ListItem["list"]): Program => ({
  id: uuid5(`program:${list}`),
  name: LISTS_IN_WORDS[list][0],
  description: LISTS_IN_WORDS[list][1],
});

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
  return hsdsPartsOf(item);
}

/** Words by which people say that there is none: no phone and no paper is given out for them. */
const NONE =
  /^(无|無|没有|沒有|暂无|暫無|无需|無需|不需要|不需|免|none|n\/a|-+|—+|\/)(材料|证件|電話|电话)?[。.]?$/i;
const saysSomething = (text: string): boolean => text.trim() !== "" && !NONE.test(text.trim());

/** Phones in one column, an extension behind 转; what holds no number is none. */
function phones(column: string | null): PhoneLine[] {
  const each = (column ?? "").split(/[；;、]/).map((phone) => phone.trim());
  return [...new Set(each)]
    .filter((phone) => saysSomething(phone) && /\d{3}/.test(phone.replace(/[\s-]/g, "")))
    .map((phone) => {
      const parted = /^(.*\S)\s*转\s*(\d{1,8})$/.exec(phone);
      return parted
        ? { number: parted[1] ?? phone, extension: parseInt(parted[2] ?? "", 10) }
        : { number: phone };
    });
}

/** The service's own phones; those of its places stand there. */
function phonesTold(item: ListItem): readonly PhoneLine[] {
  const parts = hsdsPartsOf(item);
  if (parts.phones !== undefined) return parts.phones;
  return parts.places?.some((place) => place.phones !== undefined) ? [] : phones(item.phone);
}

function areas(item: ListItem, towns: Surroundings["towns"]): { name: string; extent: string }[] {
  const { townCodes } = item;
  const code = cityCode(towns);
  if (townCodes.length === 0 && hsdsPartsOf(item).areaUnsaid) return [];
  if (townCodes.length === 0) return code === undefined ? [] : [{ name: "全市", extent: code }];
  return towns
    .filter((town) => townCodes.includes(town.code))
    .map((town) => ({ name: town.name, extent: town.code }));
}

/** Where the service is had: each place that is known of it, and none that is not. */
export function serviceAtLocations(item: ListItem): ServiceAtLocation[] {
  const id = serviceIdOf(item);
  const locations = itemPlacesOf(item).map((place, index) => location(place, `location:${id}:${index}`));
  return locations.map((at) => ({
    id: uuid5(`service_at_location:${at.id}`),
    service_id: id,
    location_id: at.id,
    location: at,
  }));
}

const location = ({ address, phones: own, ...place }: HsdsPlace, name: string): Location => ({
  id: uuid5(name),
  ...place,
  ...(address ? { addresses: [{ id: uuid5(`${name}:address`), ...address }] } : {}),
  ...(own ? { phones: own.map((phone, index) => ({ id: uuid5(`${name}:phone:${index}`), ...phone })) } : {}),
});

/** What HSDS has no key for, and how the item is filed: nothing of it is lost on the way out and back. */
function attributes(item: ListItem, within: (kind: string, key: string) => string): Attribute[] {
  const value = (type: string, text: string | null) =>
    text ? [{ id: within("attribute", type), link_type: type, link_entity: "service", value: text }] : [];
  const filed = (type: string, term: OurTerm) => ({
    id: within("attribute", `${type}:${term.code}`),
    link_type: type,
    link_entity: "service",
    taxonomy_term: term,
  });
  const translated = (term: OurTerm, text: string) =>
    text === item.name || text === ""
      ? []
      : [
          {
            id: within("attribute", `translation:${term.code}`),
            link_type: "translation",
            link_entity: "service",
            value: text,
            taxonomy_term: term,
          },
        ];
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
