import type postgres from "postgres";
import { FACT_VALUES } from "~db/schema/factVocabulary";

const words = (fact: keyof typeof FACT_VALUES) => FACT_VALUES[fact];
/** One word of a list, the last ones ("none" and the like) more often; in one of ten rows not known. */
const pick = (fact: keyof typeof FACT_VALUES, usual: string) =>
  `case when random() < 0.1 then null when random() < 0.7 then '${usual}' else (array[${words(fact)
    .map((word) => `'${word}'`)
    .join(", ")}])[1 + floor(random() * ${words(fact).length})::int] end`;
const maybe = (share: number) => `case when random() < 0.1 then null else random() < ${share} end`;

/**
 * So many synthetic households with about two people each, in the portal's own tables. Random, with a fixed
 * seed; foreign keys are not looked at, since these households have no record.
 */
export async function fillHouseholds(sql: postgres.Sql, rows: number): Promise<void> {
  await sql.unsafe("set session_replication_role = replica");
  await sql.unsafe("select setseed(0.5)");
  await sql.unsafe(`
    insert into household_facts (household_id, town_code, status, income_per_head_min_fen, income_per_head_max_fen, assets_within_limit, local_registered, rural,
      lives_alone, single_parent, home_short, home_unsafe, sudden_hardship, disaster_hit, high_medical_cost, none_employed, only_child_lost, rural_family_planning,
      members_complete, origin, recorded_at)
    select id, '442000001', ${pick("status", "none")}, income, income + case when random() < 0.5 then 0 else 20000 end, ${maybe(0.6)}, ${maybe(0.9)}, ${maybe(0.4)},
      ${maybe(0.2)}, ${maybe(0.1)}, ${maybe(0.1)}, ${maybe(0.05)}, ${maybe(0.05)}, ${maybe(0.02)}, ${maybe(0.1)}, ${maybe(0.1)}, ${maybe(0.02)}, ${maybe(0.05)},
      random() < 0.8, 'visit', now()
    from (select gen_random_uuid() as id, case when random() < 0.1 then null else floor(random() * 400000)::bigint end as income from generate_series(1, ${Math.trunc(rows)})) h
    order by id`);
  await sql.unsafe(`
    insert into household_member (household_id, position, born_from, born_to, sex, disability_grade, disability_kind, care_need, serious_illness, chronic_illness,
      mental_illness, tuberculosis, child_situation, study, work, insurance, pregnancy, service, no_supporter, cares_for_someone)
    select household_id, position, born, born + case when random() < 0.7 then 0 else 30 end, ${pick("sex", "female")}, ${pick("disabilityGrade", "none")},
      ${pick("disabilityKind", "none")}, ${pick("careNeed", "none")}, ${maybe(0.05)}, ${maybe(0.2)}, ${maybe(0.02)}, ${maybe(0.01)}, ${pick("childSituation", "none")},
      ${pick("study", "none")}, ${pick("work", "working")}, ${pick("insurance", "resident")}, ${pick("pregnancy", "none")}, ${pick("service", "none")}, ${maybe(0.05)}, ${maybe(0.1)}
    from (select household_id, position, case when random() < 0.05 then null else date '2026-11-01' - floor(random() * 34000)::int end as born
      from household_facts cross join generate_series(0, 2) position where position = 0 or hashtext(household_id::text || position) % 2 = 0) p
    order by household_id, position`);
  await sql.unsafe("set session_replication_role = default");
  await vacuumed(sql);
}

/**
 * Marks every page as seen by all, as a database in use has it: the server's own vacuum may be at work on the
 * new rows for a while.
 */
async function vacuumed(sql: postgres.Sql): Promise<void> {
  for (let times = 0; times < 120; times += 1) {
    await sql.unsafe("vacuum analyze household_facts, household_member");
    const [pages] = await sql<
      { hidden: number }[]
    >`select sum(relpages - relallvisible)::int as hidden from pg_class where relname in ('household_facts', 'household_member')`;
    if (pages?.hidden === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }

  throw new Error("the new rows never came to rest");
}
