import { sql } from "drizzle-orm";
import { boolean, check, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "./columns";

/** The five words by which the public may know whom a wish is for. */
export const PUBLIC_GROUPS = [
  "child",
  "older_person",
  "disabled_person",
  "illness_or_carers",
  "low_income",
] as const;
export type PublicGroup = (typeof PUBLIC_GROUPS)[number];

const names = {
  nameHans: text("name_hans").notNull(),
  nameHant: text("name_hant").notNull(),
  nameEn: text("name_en").notNull(),
};

export const towns = pgTable(
  "town",
  {
    code: text("code").primaryKey(),
    ...names,
    kind: text("kind").notNull(),
    sort: integer("sort").notNull(),
  },
  (t) => [check("town_kind", oneOf(t.kind, ["town", "subdistrict"]))],
);

/** The official class of a household (低保, 特困 …). Private: the public sees only `publicGroup`. */
export const beneficiaryGroups = pgTable(
  "beneficiary_group",
  {
    code: text("code").primaryKey(),
    ...names,
    publicGroup: text("public_group").$type<PublicGroup>().notNull(),
    sort: integer("sort").notNull(),
    validFrom: instant("valid_from").notNull(),
    validTo: instant("valid_to"),
  },
  (t) => [check("beneficiary_group_public", oneOf(t.publicGroup, PUBLIC_GROUPS))],
);

export const unitsOfMeasure = pgTable("unit_of_measure", {
  code: text("code").primaryKey(),
  ...names,
  nameEnPlural: text("name_en_plural").notNull(),
});

/**
 * What people say and what lists and wishes call it: known to both searches. Written by `npm run load` from
 * db/seed/data/everyday-words.csv.
 */
export const everydayWords = pgTable(
  "everyday_word",
  { said: text("said").notNull(), meant: text("meant").notNull() },
  (t) => [
    primaryKey({ columns: [t.said, t.meant] }),
    check("everyday_word_differs", sql`${t.said} <> '' and ${t.meant} <> '' and ${t.said} <> ${t.meant}`),
  ],
);

/** The catalogue of things and services that wishes ask for; `icon` names a drawing of the sprite. */
export const objectKinds = pgTable(
  "object_kind",
  {
    code: text("code").primaryKey(),
    ...names,
    lineKind: text("line_kind").$type<"goods" | "service">().notNull(),
    icon: text("icon").notNull(),
    /** What the portal does not take (tobacco, medicines, second-hand medical or infant goods…; R-020). */
    refused: boolean("refused").notNull().default(false),
    sort: integer("sort").notNull(),
  },
  (t) => [check("object_kind_line_kind", oneOf(t.lineKind, ["goods", "service"]))],
);

/** Where donors bring goods and from where they travel on: parcels go to a point, never to a home. */
export const servicePoints = pgTable("service_point", {
  id: id().primaryKey(),
  townCode: text("town_code")
    .notNull()
    .references(() => towns.code),
  ...names,
  address: text("address").notNull(),
  phone: text("phone").notNull(),
  hours: text("hours").notNull(),
});

/**
 * A file kept in the file store, its bytes sealed like any other personal data. Private unless a use case
 * hands it out; content-addressed, so it is written once.
 */
export const FILE_PURPOSES = ["handover_photo", "signed_list"] as const;

export const storedFiles = pgTable(
  "stored_file",
  {
    id: id().primaryKey(),
    sha256: text("sha256").notNull(),
    mediaType: text("media_type").notNull(),
    bytes: integer("bytes").notNull(),
    purpose: text("purpose").$type<(typeof FILE_PURPOSES)[number]>().notNull(),
    /** The delivery (or parcel) that it is evidence of, and under whose household's key it is sealed. */
    aboutId: uuid("about_id").notNull(),
    uploadedBy: uuid("uploaded_by").notNull(),
    uploadedAt: instant("uploaded_at").notNull(),
  },
  (t) => [
    check("stored_file_purpose", oneOf(t.purpose, FILE_PURPOSES)),
    check("stored_file_type", oneOf(t.mediaType, ["image/jpeg"])),
  ],
);
