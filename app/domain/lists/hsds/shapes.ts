import { z } from "zod";
import {
  Attribute,
  attributes,
  Email,
  HsdsDay,
  HsdsId,
  listOf,
  Taxonomy,
  TaxonomyTerm,
  Text,
  Time,
  WebAddress,
} from "./atoms";

export { Taxonomy, TaxonomyTerm, WebAddress };

/**
 * Our own strict description of Open Referral HSDS 3.0: the parts that we write and read, and not one key
 * more. It is narrower than the published schemas where those let through what no reader can use: an empty
 * text, an address that is no web address. `metadata` is left out: half a history of changes is invalid, and
 * ours is the journal.
 */
const link = {
  service_id: HsdsId.optional(),
  location_id: HsdsId.optional(),
  service_at_location_id: HsdsId.optional(),
  organization_id: HsdsId.optional(),
};

const Language = z.strictObject({
  id: HsdsId,
  service_id: HsdsId.optional(),
  location_id: HsdsId.optional(),
  phone_id: HsdsId.optional(),
  name: Text.optional(),
  code: Text.optional(),
  note: Text.optional(),
  ...attributes,
});

/** A phone without the ids that tie it to whose it is. */
export const PhoneLine = z.strictObject({
  number: Text,
  extension: z.number().optional(),
  type: Text.optional(),
  description: Text.optional(),
});
export type PhoneLine = z.infer<typeof PhoneLine>;

const Phone = z.strictObject({
  id: HsdsId,
  ...link,
  contact_id: HsdsId.optional(),
  ...PhoneLine.shape,
  languages: listOf(Language).optional(),
  ...attributes,
});

/** When something is open, without the ids that tie it to what is open. */
export const Hours = z.strictObject({
  valid_from: HsdsDay.optional(),
  valid_to: HsdsDay.optional(),
  dtstart: HsdsDay.optional(),
  timezone: z.number().optional(),
  until: HsdsDay.optional(),
  count: z.number().optional(),
  wkst: z.enum(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]).optional(),
  freq: z.enum(["WEEKLY", "MONTHLY"]).optional(),
  interval: z.number().optional(),
  byday: z
    .string()
    .regex(/^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU))*$/)
    .optional(),
  byweekno: Text.optional(),
  bymonthday: Text.optional(),
  byyearday: Text.optional(),
  description: Text.optional(),
  opens_at: Time.optional(),
  closes_at: Time.optional(),
  schedule_link: WebAddress.optional(),
  attending_type: Text.optional(),
  notes: Text.optional(),
});
export type Hours = z.infer<typeof Hours>;

/** An opening without a closing, or days without how often they come: nobody could tell when to go. */
export const isHalf = ({ opens_at, closes_at, byday, bymonthday, freq }: Hours): boolean =>
  (opens_at === undefined) !== (closes_at === undefined) ||
  (freq === undefined && (byday !== undefined || bymonthday !== undefined));

const Schedule = z
  .strictObject({
    id: HsdsId,
    service_id: HsdsId.optional(),
    location_id: HsdsId.optional(),
    service_at_location_id: HsdsId.optional(),
    ...Hours.shape,
    ...attributes,
  })
  .refine((schedule) => !isHalf(schedule), { error: "half_schedule" });

const Contact = z.strictObject({
  id: HsdsId,
  ...link,
  name: Text.optional(),
  title: Text.optional(),
  department: Text.optional(),
  email: Email.optional(),
  phones: listOf(Phone).optional(),
  ...attributes,
});

export const AddressLines = z.strictObject({
  attention: Text.optional(),
  address_1: Text,
  address_2: Text.optional(),
  city: Text,
  region: Text.optional(),
  state_province: Text,
  postal_code: Text,
  country: Text,
  address_type: z.enum(["physical", "postal", "virtual"]),
});
export type AddressLines = z.infer<typeof AddressLines>;

const Address = z.strictObject({
  id: HsdsId,
  location_id: HsdsId.optional(),
  ...AddressLines.shape,
  ...attributes,
});

const Accessibility = z.strictObject({
  id: HsdsId,
  location_id: HsdsId.optional(),
  description: Text.optional(),
  details: Text.optional(),
  url: WebAddress.optional(),
  ...attributes,
});

const Location = z.strictObject({
  id: HsdsId,
  location_type: z.enum(["physical", "postal", "virtual"]),
  url: WebAddress.optional(),
  organization_id: HsdsId.optional(),
  name: Text.optional(),
  alternate_name: Text.optional(),
  description: Text.optional(),
  transportation: Text.optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  external_identifier: Text.optional(),
  external_identifier_type: Text.optional(),
  languages: listOf(Language).optional(),
  addresses: listOf(Address).optional(),
  contacts: listOf(Contact).optional(),
  accessibility: listOf(Accessibility).optional(),
  phones: listOf(Phone).optional(),
  schedules: listOf(Schedule).optional(),
  ...attributes,
});

export const ServiceAtLocation = z.strictObject({
  id: HsdsId,
  service_id: HsdsId.optional(),
  location_id: HsdsId.optional(),
  description: Text.optional(),
  contacts: listOf(Contact).optional(),
  phones: listOf(Phone).optional(),
  schedules: listOf(Schedule).optional(),
  location: Location.optional(),
  ...attributes,
});

const Program = z.strictObject({
  id: HsdsId,
  organization_id: HsdsId.optional(),
  name: Text,
  alternate_name: Text.optional(),
  description: Text,
  ...attributes,
});

const Funding = z.strictObject({
  id: HsdsId,
  organization_id: HsdsId.optional(),
  service_id: HsdsId.optional(),
  source: Text.optional(),
  ...attributes,
});

const OrganizationIdentifier = z.strictObject({
  id: HsdsId,
  organization_id: HsdsId.optional(),
  identifier_scheme: Text.optional(),
  identifier_type: Text,
  identifier: Text,
  ...attributes,
});

/** What is said of an organization itself: kept with each of its services, and given out again. */
export const OrganizationFacts = z.strictObject({
  id: HsdsId,
  name: Text,
  alternate_name: Text.optional(),
  description: Text,
  email: Email.optional(),
  website: WebAddress.optional(),
  tax_status: Text.optional(),
  tax_id: Text.optional(),
  year_incorporated: z.number().optional(),
  legal_status: Text.optional(),
  logo: Text.optional(),
  uri: WebAddress.optional(),
  organization_identifiers: z.array(OrganizationIdentifier).max(100).optional(),
});
export type OrganizationFacts = z.infer<typeof OrganizationFacts>;

export const Organization = z.strictObject({
  ...OrganizationFacts.shape,
  parent_organization_id: HsdsId.optional(),
  funding: listOf(Funding).optional(),
  contacts: listOf(Contact).optional(),
  phones: listOf(Phone).optional(),
  locations: listOf(Location).optional(),
  programs: listOf(Program).optional(),
  ...attributes,
});

const CostOption = z.strictObject({
  id: HsdsId,
  service_id: HsdsId.optional(),
  valid_from: HsdsDay.optional(),
  valid_to: HsdsDay.optional(),
  option: Text.optional(),
  currency: Text.optional(),
  amount: z.number().optional(),
  amount_description: Text.optional(),
  ...attributes,
});

const RequiredDocument = z.strictObject({
  id: HsdsId,
  service_id: HsdsId.optional(),
  document: Text.optional(),
  uri: WebAddress.optional(),
  ...attributes,
});

const ServiceArea = z.strictObject({
  id: HsdsId,
  service_id: HsdsId.optional(),
  name: Text.optional(),
  description: Text.optional(),
  extent: Text.optional(),
  extent_type: Text.optional(),
  uri: Text.optional(),
  ...attributes,
});

export const Service = z.strictObject({
  id: HsdsId,
  organization_id: HsdsId.optional(),
  program_id: HsdsId.optional(),
  name: Text,
  alternate_name: Text.optional(),
  description: Text.optional(),
  url: WebAddress.optional(),
  email: Email.optional(),
  status: z.enum(["active", "inactive", "defunct", "temporarily closed"]),
  interpretation_services: Text.optional(),
  application_process: Text.optional(),
  fees_description: Text.optional(),
  wait_time: Text.optional(),
  fees: Text.optional(),
  accreditations: Text.optional(),
  eligibility_description: Text.optional(),
  minimum_age: z.number().min(0).optional(),
  maximum_age: z.number().min(0).optional(),
  assured_date: HsdsDay.optional(),
  assurer_email: Email.optional(),
  licenses: Text.optional(),
  alert: Text.optional(),
  last_modified: z.iso.datetime({ offset: true }).optional(),
  phones: listOf(Phone).optional(),
  schedules: listOf(Schedule).optional(),
  service_areas: listOf(ServiceArea).optional(),
  service_at_locations: listOf(ServiceAtLocation).optional(),
  languages: listOf(Language).optional(),
  organization: Organization.optional(),
  funding: listOf(Funding).optional(),
  cost_options: listOf(CostOption).optional(),
  program: Program.optional(),
  required_documents: listOf(RequiredDocument).optional(),
  contacts: listOf(Contact).optional(),
  ...attributes,
});

/** Everything that has a shape, by its name in HSDS: what the OpenAPI document is made from. */
export const SHAPES = {
  service: Service,
  organization: Organization,
  organization_identifier: OrganizationIdentifier,
  program: Program,
  service_at_location: ServiceAtLocation,
  location: Location,
  address: Address,
  phone: Phone,
  schedule: Schedule,
  service_area: ServiceArea,
  language: Language,
  required_document: RequiredDocument,
  cost_option: CostOption,
  funding: Funding,
  contact: Contact,
  accessibility: Accessibility,
  attribute: Attribute,
  taxonomy: Taxonomy,
  taxonomy_term: TaxonomyTerm,
} as const;
export type ShapeName = keyof typeof SHAPES;

export type Service = z.infer<typeof Service>;
export type Organization = z.infer<typeof Organization>;
export type Program = z.infer<typeof Program>;
export type ServiceAtLocation = z.infer<typeof ServiceAtLocation>;
export type Location = z.infer<typeof Location>;
export type Attribute = z.infer<typeof Attribute>;
export type Taxonomy = z.infer<typeof Taxonomy>;
export type TaxonomyTerm = z.infer<typeof TaxonomyTerm>;
