import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { fen, id, instant, notNegative, oneOf } from "./columns";

export const ORGANISATION_STATES = ["applied", "verified", "suspended"] as const;
export type OrganisationState = (typeof ORGANISATION_STATES)[number];

/** A social organisation that posts needs of its own. Its certificate has dates: past them it can post nothing. */
export const organisations = pgTable(
  "organisation",
  {
    id: id().primaryKey(),
    slug: text("slug").notNull().unique(),
    nameHans: text("name_hans").notNull(),
    nameHant: text("name_hant").notNull(),
    nameEn: text("name_en").notNull(),
    creditCode: text("credit_code").notNull().unique(),
    certificateNumber: text("certificate_number").notNull(),
    certificateFrom: instant("certificate_from").notNull(),
    certificateTo: instant("certificate_to").notNull(),
    contactPhone: text("contact_phone").notNull(),
    state: text("state").$type<OrganisationState>().notNull(),
    version: integer("version").notNull().default(1),
    verifiedBy: uuid("verified_by"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [check("organisation_state", oneOf(t.state, ORGANISATION_STATES))],
);

/** A charity that may collect money: direct charges go to its own connected account (decisions 21). The bureau holds no money. */
export const charities = pgTable("charity", {
  id: id().primaryKey(),
  slug: text("slug").notNull().unique(),
  nameHans: text("name_hans").notNull(),
  nameHant: text("name_hant").notNull(),
  nameEn: text("name_en").notNull(),
  creditCode: text("credit_code").notNull().unique(),
  contactPhone: text("contact_phone").notNull(),
});

/** Which connected account is the charity's, and from when. */
export const charityAccounts = pgTable("charity_account", {
  id: id().primaryKey(),
  charityId: uuid("charity_id")
    .notNull()
    .references(() => charities.id),
  stripeAccountId: text("stripe_account_id").notNull(),
  validFrom: instant("valid_from").notNull(),
  validTo: instant("valid_to"),
});

/** The public-fundraising certificate (Charity Law 22-24): without one valid on that day no payment is taken. */
export const fundraisingCertificates = pgTable("fundraising_certificate", {
  id: id().primaryKey(),
  charityId: uuid("charity_id")
    .notNull()
    .references(() => charities.id),
  number: text("number").notNull(),
  validFrom: instant("valid_from").notNull(),
  validTo: instant("valid_to").notNull(),
});

/** A filed programme (备案): what the money is collected for. Its fund is `fund:<id>` in the money book. */
export const programmes = pgTable(
  "programme",
  {
    id: id().primaryKey(),
    charityId: uuid("charity_id")
      .notNull()
      .references(() => charities.id),
    filingNumber: text("filing_number").notNull().unique(),
    nameHans: text("name_hans").notNull(),
    nameHant: text("name_hant").notNull(),
    nameEn: text("name_en").notNull(),
    validFrom: instant("valid_from").notNull(),
    validTo: instant("valid_to").notNull(),
    /** Money still free in this fund, and money bound to a purchase. The only stored balances: they guard against overspending. */
    availableFen: fen("available_fen")
      .notNull()
      .default(sql`0`),
    committedFen: fen("committed_fen")
      .notNull()
      .default(sql`0`),
    /** How many entries its fund has in the money book: the last one's number. */
    entries: bigint("entries", { mode: "bigint" })
      .notNull()
      .default(sql`0`),
  },
  (t) => [check("programme_available", notNegative(t.availableFen)), check("programme_committed", notNegative(t.committedFen)), index("programme_by_charity").on(t.charityId)],
);
