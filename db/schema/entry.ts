import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, instant, oneOf, sealed } from "./columns";
import { appUsers } from "./identity";

/**
 * The number by which somebody comes in: one account a number, one number an account. Lies apart like the
 * password, so that no query of users can carry it along.
 */
export const accountPhones = pgTable(
  "account_phone",
  {
    id: id().primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .unique()
      .references(() => appUsers.id),
    phoneSealed: sealed("phone_sealed").notNull(),
    /** Keyed: by it the account is found. */
    phoneHash: text("phone_hash").notNull().unique(),
    confirmedAt: instant("confirmed_at").notNull(),
  },
  (t) => [check("account_phone_sealed", sql`${t.phoneSealed} like 'v1:%'`)],
);

export const CONTACT_KINDS = ["phone", "mail"] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/**
 * Six digits that were sent to a number or an address, and let in once, from the browser that asked. Kept are
 * hashes of the digits and of the browser's cookie; the contact is gone once the code is closed.
 */
export const entryCodes = pgTable(
  "entry_code",
  {
    id: id().primaryKey(),
    contactKind: text("contact_kind").$type<ContactKind>().notNull(),
    contactSealed: sealed("contact_sealed"),
    contactHash: text("contact_hash").notNull(),
    codeHash: text("code_hash").notNull(),
    tokenHash: text("token_hash").notNull().unique(),
    wrongCodes: integer("wrong_codes").notNull().default(0),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    closedAt: instant("closed_at"),
  },
  (t) => [
    check("entry_code_contact_kind", oneOf(t.contactKind, CONTACT_KINDS)),
    check(
      "entry_code_contact",
      sql`(${t.contactSealed} is not null) = (${t.closedAt} is null) and (${t.contactSealed} is null or ${t.contactSealed} like 'v1:%')`,
    ),
    check(
      "entry_code_ends",
      sql`${t.expiresAt} > ${t.createdAt} and ${t.expiresAt} <= ${t.createdAt} + interval '15 minutes'`,
    ),
    check(
      "entry_code_tries",
      sql`${t.wrongCodes} between 0 and 5 and (${t.wrongCodes} < 5 or ${t.closedAt} is not null)`,
    ),
    index("entry_code_open")
      .on(t.contactHash)
      .where(sql`closed_at is null`),
    index("entry_code_by_end").on(t.expiresAt),
  ],
);
