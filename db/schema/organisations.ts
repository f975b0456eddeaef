import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  check,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { fen, id, instant, notNegative, oneOf } from "./columns";

export const ORGANISATION_STATES = ["applied", "verified"] as const;
export type OrganisationState = (typeof ORGANISATION_STATES)[number];

/**
 * A social organisation that posts needs of its own. Its credit code is who it is and never changes; its name
 * and its certificate are dated entries of the register (`registration`). Without a certificate in force it
 * can post nothing.
 */
export const organisations = pgTable(
  "organisation",
  {
    id: id().primaryKey(),
    creditCode: text("credit_code").notNull().unique(),
    state: text("state").$type<OrganisationState>().notNull(),
    version: integer("version").notNull().default(1),
    verifiedBy: uuid("verified_by"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [check("organisation_state", oneOf(t.state, ORGANISATION_STATES))],
);

/**
 * A charity that may collect money: direct charges go to its own connected account. The bureau holds no
 * money.
 */
export const charities = pgTable("charity", {
  id: id().primaryKey(),
  creditCode: text("credit_code").notNull().unique(),
});

export const ENTRY_STATES = ["proposed", "approved", "rejected", "ended"] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

/**
 * How a dated entry of the register came in: one person enters it, another decides. Entered by nobody: it
 * came with set-up.
 */
const entered = () => ({
  validFrom: instant("valid_from").notNull(),
  state: text("state").$type<EntryState>().notNull(),
  version: integer("version").notNull().default(1),
  enteredBy: uuid("entered_by"),
  decidedBy: uuid("decided_by"),
  createdAt: instant("created_at").notNull(),
});

type Entered = Readonly<Record<"state" | "enteredBy" | "decidedBy", AnyPgColumn>>;

/** Nobody decides what they entered, and nothing counts that nobody decided. */
const decided = (name: string, t: Entered) => [
  check(`${name}_state`, oneOf(t.state, ENTRY_STATES)),
  check(`${name}_four_eyes`, sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.enteredBy}`),
  check(
    `${name}_decided`,
    sql`case ${t.state} when 'proposed' then ${t.decidedBy} is null else ${t.decidedBy} is not null or ${t.enteredBy} is null end`,
  ),
];

/**
 * What an organisation or a charity is called, and its registration certificate: as it stands from one day to
 * another.
 */
export const registrations = pgTable(
  "registration",
  {
    id: id().primaryKey(),
    organisationId: uuid("organisation_id").references(() => organisations.id),
    charityId: uuid("charity_id").references(() => charities.id),
    nameHans: text("name_hans").notNull(),
    nameHant: text("name_hant").notNull(),
    nameEn: text("name_en").notNull(),
    contactPhone: text("contact_phone").notNull(),
    number: text("number").notNull(),
    validTo: instant("valid_to").notNull(),
    ...entered(),
  },
  (t) => [
    check("registration_of_one", sql`num_nonnulls(${t.organisationId}, ${t.charityId}) = 1`),
    check("registration_dates", sql`${t.validTo} > ${t.validFrom}`),
    ...decided("registration", t),
    index("registration_of_organisation").on(t.organisationId, t.validFrom),
    index("registration_of_charity").on(t.charityId, t.validFrom),
    uniqueIndex("registration_waiting")
      .on(sql`coalesce(${t.organisationId}, ${t.charityId})`)
      .where(sql`state = 'proposed'`),
  ],
);

const charityId = () =>
  uuid("charity_id")
    .notNull()
    .references(() => charities.id);

/**
 * Which connected account is the charity's, and from when: the latest that has begun, or none once that one
 * was ended.
 */
export const charityAccounts = pgTable(
  "charity_account",
  {
    id: id().primaryKey(),
    charityId: charityId(),
    stripeAccountId: text("stripe_account_id").notNull(),
    ...entered(),
  },
  (t) => [
    ...decided("charity_account", t),
    index("charity_account_of").on(t.charityId, t.validFrom),
    uniqueIndex("charity_account_waiting")
      .on(t.charityId)
      .where(sql`state = 'proposed'`),
  ],
);

/**
 * The public-fundraising certificate: without one valid on that day no payment is taken.
 */
export const fundraisingCertificates = pgTable(
  "fundraising_certificate",
  {
    id: id().primaryKey(),
    charityId: charityId(),
    number: text("number").notNull(),
    validTo: instant("valid_to").notNull(),
    ...entered(),
  },
  (t) => [
    check("fundraising_certificate_dates", sql`${t.validTo} > ${t.validFrom}`),
    ...decided("fundraising_certificate", t),
    index("fundraising_certificate_of").on(t.charityId, t.validTo),
    uniqueIndex("fundraising_certificate_waiting")
      .on(t.charityId)
      .where(sql`state = 'proposed'`),
  ],
);

/**
 * A filed programme (备案): what the money is collected for, under its filing number; neither changes. Its
 * fund is `fund:<id>` in the money book. From when to when it may collect is said by its filings.
 */
export const programmes = pgTable(
  "programme",
  {
    id: id().primaryKey(),
    charityId: charityId(),
    filingNumber: text("filing_number").notNull().unique(),
    nameHans: text("name_hans").notNull(),
    nameHant: text("name_hant").notNull(),
    nameEn: text("name_en").notNull(),
    /**
     * Money still free in this fund, and money bound to a purchase. The only stored balances: they guard
     * against overspending.
     */
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
  (t) => [
    check("programme_available", notNegative(t.availableFen)),
    check("programme_committed", notNegative(t.committedFen)),
    index("programme_by_charity").on(t.charityId),
  ],
);

/** A period for which a programme is filed; a longer one is a new filing of the same programme. */
export const filings = pgTable(
  "filing",
  {
    id: id().primaryKey(),
    programmeId: uuid("programme_id")
      .notNull()
      .references(() => programmes.id),
    validTo: instant("valid_to").notNull(),
    ...entered(),
  },
  (t) => [
    check("filing_dates", sql`${t.validTo} > ${t.validFrom}`),
    ...decided("filing", t),
    index("filing_of").on(t.programmeId, t.validTo),
    uniqueIndex("filing_waiting")
      .on(t.programmeId)
      .where(sql`state = 'proposed'`),
  ],
);
