import postgres from "postgres";
import { foldForSearch } from "~/domain/kernel/fold.server";
import { searchKeys } from "~/domain/needs/search";
import { syllablesOf } from "~/domain/search/syllables.server";
import { withoutIndexes } from "./indexes";

const HOUSEHOLD = "00000000-0000-7000-8000-000000000001";
export const FILER = "00000000-0000-7000-8000-000000000002";

/**
 * Ids of the n-th wish, its line and the n-th donor: made by the same rule in SQL, in TypeScript and in
 * pgbench's script.
 */
const idOf = (kind: "a" | "b" | "c") => (n: number | string) =>
  `00000000-0000-7000-${kind}000-${typeof n === "number" ? n.toString(16).padStart(12, "0") : n}`;
export const lineId = idOf("b");
export const donorId = idOf("c");
const inSql = (kind: "a" | "b" | "c") =>
  `('00000000-0000-7000-${kind}000-' || lpad(to_hex(n), 12, '0'))::uuid`;

export type Superuser = ReturnType<typeof postgres>;

/** A connection for filling tables at speed: foreign keys and triggers are off, everything else holds. */
export async function openForFilling(superuserUrl: string): Promise<Superuser> {
  const sql = postgres(superuserUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
  await sql.unsafe("set session_replication_role = replica");
  return sql;
}

/** So many people who may give, and the household that all wishes are for. */
export async function writePeople(sql: Superuser, donors: number): Promise<void> {
  await sql.unsafe(`
    insert into app_user (id, email, display_name, locale, created_at)
    select ${inSql("c")}, 'donor' || n || '@example.org', 'donor ' || n, 'zh-Hans', now() from generate_series(1, ${donors}) n;
    insert into app_user (id, email, display_name, locale, created_at) values ('${FILER}', 'filer@example.org', 'filer', 'zh-Hans', now());
    insert into donor_profile (user_id, kind) select ${inSql("c")}, 'person' from generate_series(1, ${donors}) n;
    insert into household (id, code, kind, town_code, heads, group_code, public_group, age_band, key_id, name_hash, created_by, created_at)
    select '${HOUSEHOLD}', 'HBENCH', 'household', (select min(code) from town), 1, (select min(code) from beneficiary_group), 'child', '6_to_13', 'bench', '', '${FILER}', now();
  `);
}

/** What wishes are about: the rare and the common ones by their place, the others by turns. */
const [RARE, SELDOM, COMMON] = ["缝纫机", "助听器", "书包"];
const OTHERS = [
  "学习桌椅",
  "电饭煲",
  "棉被",
  "轮椅",
  "台灯",
  "自行车",
  "床垫",
  "收音机",
  "雨衣",
  "图书",
  "纸尿裤",
];
const listed = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(",");

/** Things with their sounds, first letters and neighbours, as publishing keeps them. */
const withKeys = (): string =>
  [RARE, SELDOM, COMMON, ...OTHERS]
    .map((item) => `('${item}', '${searchKeys([`想要${item}`, item].map(foldForSearch), syllablesOf)}')`)
    .join(", ");

/**
 * So many published wishes of one line each, open, in all towns, waiting since different moments. What they
 * say is made of common and of rare words: about one in three is about a school bag, one in a hundred about a
 * hearing aid, one in fifty thousand about a sewing machine.
 */
export async function writeWishes(
  sql: Superuser,
  count: number,
  { units, lines }: { units: number; lines: boolean },
): Promise<void> {
  await sql.unsafe(`
    create temporary table made as
    select n, ${inSql("a")} as need_id, ${inSql("b")} as line_id,
      (array(select code from town order by code))[1 + n % 23] as town_code,
      case when n % 50000 = 7 then '${RARE}' when n % 100 = 3 then '${SELDOM}' when n % 3 = 0 then '${COMMON}' else (array[${listed(OTHERS)}])[1 + n % ${OTHERS.length}] end as item,
      (array['想换一个新的','坏了很久一直没舍得买','每天都要用到','家里老人等着用','开学以前想收到','搬家以后还没有'])[1 + n % 6]
        || '，' || (array['孩子放学后在走廊写作业','独居的阿婆腿脚不便','照顾弟弟妹妹的大孩子','刚做完手术在家休养','村口修车养家的父亲','在市场帮工的母亲'])[1 + (n / 7) % 6]
        || '，第' || n || '号。' as story,
      timestamptz '2026-01-01' - make_interval(mins => n % 500000) as since
    from generate_series(1, ${count}) n;
  `);
  if (lines)
    await sql.unsafe(`
      insert into need (id, code, kind, state, version, town_code, household_id, filed_by, filed_at, verified_by, verified_at, published_by, published_at, expires_at, created_at)
      select need_id, 'WB' || n, 'wish', 'published', 4, town_code, '${HOUSEHOLD}', '${FILER}', since, gen_random_uuid(), since, gen_random_uuid(), since, timestamptz '2099-01-01', since from made;
      insert into need_line (id, need_id, position, kind, object_kind, item_hans, item_hant, unit_code, unit_price_fen, requested, accepts)
      select line_id, need_id, 1, 'goods', 'bag', item, item, 'piece', 12000, ${units}, true from made;
    `);
  await sql.unsafe(`
    insert into public_need (need_id, code, kind, title_hans, title_hant, story_hans, story_hant, age_band, public_group, town_code, line_kind, object_kind,
      verified_at, verified_role, published_at, waiting_since, expires_at, is_open, gap, search_text, search_keys)
    select need_id, 'WB' || n, 'wish', '想要' || item, '想要' || item, story, story, '6_to_13', (array['child','older_person','disabled_person','low_income'])[1 + n % 4], town_code, 'goods', (array(select code from object_kind where line_kind = 'goods' and not refused order by code))[1 + n % 9],
      since, 'town_reviewer', since, since, timestamptz '2099-01-01', true, gap_of(need_id), '想要' || item || ' ' || story || ' ' || item || ' wb' || n, keys
    from made join (values ${withKeys()}) as known (item, keys) using (item);
    drop table made;
  `);
  await indexWishes(sql);
  await sql.unsafe("analyze");
}

/**
 * Brings gaps and the index of the public list in line with what was filled in past their triggers. Its
 * indexes of words are made at once over all rows: row by row they take ten times as long.
 */
export async function indexWishes(sql: Superuser): Promise<void> {
  const indexes = await withoutIndexes(sql, "need_search");
  await sql.unsafe(`
    update public_need set gap = gap_of(need_id) where gap <> gap_of(need_id);
    truncate need_search;
    insert into need_search (need_id, waiting_since, published_at, is_open, town_code, line_kind, public_group, object_kind, words)
    select need_id, waiting_since, published_at, is_open, town_code, line_kind, public_group, object_kind,
      need_words(search_text, search_keys, town_code, line_kind, public_group, object_kind, gap)
    from public_need;
  `);
  for (const made of indexes) await sql.unsafe(made);
}
