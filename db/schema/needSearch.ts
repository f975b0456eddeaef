import { sql } from "drizzle-orm";
import { boolean, customType, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { publicNeeds } from "./needs";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/**
 * What the public list is searched, filtered and counted by: a narrow copy of `public_need`, kept by a
 * trigger on it and written by nobody else. Its words are those of the text, the keys of sounds, and one for
 * each choice of the filters ("=town:442000001"), so that one index finds any of them together. In sixteen
 * parts by id: an index finds all that a question asks before it gives the first, and the first part tells by
 * itself where much is found (decision 44).
 */
export const searchedNeeds = pgTable(
  "need_search",
  {
    needId: uuid("need_id")
      .primaryKey()
      .references(() => publicNeeds.needId, { onDelete: "cascade" }),
    waitingSince: instant("waiting_since").notNull(),
    publishedAt: instant("published_at").notNull(),
    isOpen: boolean("is_open").notNull(),
    townCode: text("town_code").notNull(),
    lineKind: text("line_kind").notNull(),
    publicGroup: text("public_group"),
    objectKind: text("object_kind"),
    words: tsvector("words").notNull(),
  },
  (t) => [
    index("need_search_open")
      .using("gin", t.words)
      .with({ fastupdate: false })
      .where(sql`is_open`),
    index("need_search_done")
      .using("gin", t.words)
      .with({ fastupdate: false })
      .where(sql`not is_open`),
    index("need_search_waiting").on(t.isOpen, t.waitingSince, t.needId),
    index("need_search_newest").on(t.isOpen, t.publishedAt, t.needId),
  ],
);
