import { type ShapeName, SHAPES } from "./shapes";

/** The tables of a tabular HSDS package that are read, by their file: whose shape a row has. */
export const TABLES: Readonly<Record<string, ShapeName>> = {
  "organizations.csv": "organization",
  "organization_identifiers.csv": "organization_identifier",
  "programs.csv": "program",
  "services.csv": "service",
  "service_at_location.csv": "service_at_location",
  "service_at_locations.csv": "service_at_location",
  "locations.csv": "location",
  "addresses.csv": "address",
  "phones.csv": "phone",
  "contacts.csv": "contact",
  "schedules.csv": "schedule",
  "service_areas.csv": "service_area",
  "languages.csv": "language",
  "required_documents.csv": "required_document",
  "cost_options.csv": "cost_option",
  "funding.csv": "funding",
  "accessibility.csv": "accessibility",
  "taxonomies.csv": "taxonomy",
  "taxonomy_terms.csv": "taxonomy_term",
  "attributes.csv": "attribute",
};

/** Files of a package that belong there and hold nothing that we keep. */
export const NOT_READ: ReadonlySet<string> = new Set([
  "metadata.csv",
  "meta_table_descriptions.csv",
  "datapackage.json",
]);

/** Tables that only packages before 3.0 have. */
export const OLD_TABLE =
  /^(physical_address(es)?|postal_address(es)?|regular_schedules?|holiday_schedules?|services_at_locations?|service_taxonom(y|ies)|services_taxonomy|payments?_accepted|accessibility_for_disabilities|fundings)\.csv$/i;
/** Keys that only records before 3.0 have. */
export const OLD_KEY =
  /"(regular_schedules?|holiday_schedules?|physical_address(es)?|postal_address(es)?|service_taxonom(y|ies)|payments?_accepted|accessibility_for_disabilities)"\s*:/;

type Tie = Readonly<{ from: ShapeName; key: string; to: ShapeName; as: string }>;

/** A row that has one other row: the service its organization. */
export const HAS_ONE: readonly Tie[] = [
  { from: "service", key: "organization_id", to: "organization", as: "organization" },
  { from: "service", key: "program_id", to: "program", as: "program" },
  { from: "service_at_location", key: "location_id", to: "location", as: "location" },
  { from: "taxonomy_term", key: "taxonomy_id", to: "taxonomy", as: "taxonomy_detail" },
  { from: "attribute", key: "taxonomy_term_id", to: "taxonomy_term", as: "taxonomy_term" },
];

const belongs = (from: ShapeName, as: string, ...owners: readonly ShapeName[]): Tie[] =>
  owners.map((to) => ({ from, key: `${to}_id`, to, as }));

/**
 * A row that is one of another row's many, by the first of its keys that is filled: the address one of its
 * location's.
 */
export const IS_ONE_OF: readonly Tie[] = [
  ...belongs("service_at_location", "service_at_locations", "service"),
  ...belongs("address", "addresses", "location"),
  ...belongs("phone", "phones", "service", "service_at_location", "location", "contact", "organization"),
  ...belongs("contact", "contacts", "service", "service_at_location", "location", "organization"),
  ...belongs("schedule", "schedules", "service", "service_at_location", "location"),
  ...belongs("organization_identifier", "organization_identifiers", "organization"),
  ...belongs("service_area", "service_areas", "service"),
  ...belongs("language", "languages", "service", "location", "phone"),
  ...belongs("required_document", "required_documents", "service"),
  ...belongs("cost_option", "cost_options", "service"),
  ...belongs("funding", "funding", "service", "organization"),
  ...belongs("accessibility", "accessibility", "location"),
];

const keysOf = (name: ShapeName): readonly string[] => Object.keys(SHAPES[name].shape);

/** Columns of a table; what is nested in JSON stands in tables of its own. */
export const hsdsColumnsOf = (name: ShapeName): readonly string[] =>
  keysOf(name).filter(
    (key) => ![...HAS_ONE, ...IS_ONE_OF].some((tie) => tie.as === key) && key !== "attributes",
  );

/** Columns that hold numbers. */
export const NUMBERS: ReadonlySet<string> = new Set([
  ...[
    "extension",
    "timezone",
    "count",
    "interval",
    "latitude",
    "longitude",
    "minimum_age",
    "maximum_age",
    "amount",
    "year_incorporated",
  ],
]);
