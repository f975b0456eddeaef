import type { Mutation } from "./mutation";

const EDGE_TEST = "tests/unit/server/edge.test.ts";

/**
 * What stands between the portal and the world: caches, logs, headers, names, remembered answers, the supply
 * of packages.
 */
export const EDGE: readonly Mutation[] = [
  {
    name: "a secret in capitals is logged",
    file: "app/server/requests.server.ts",
    from: `part.toLowerCase().trim()`,
    to: `part`,
    test: EDGE_TEST,
  },
  {
    name: "a secret in % is logged",
    file: "app/server/requests.server.ts",
    from: `plainly(path).map(`,
    to: `path.split("/").map(`,
    test: EDGE_TEST,
  },
  {
    name: "what is one reader's lies in caches",
    file: "app/server/requests.server.ts",
    from: `!isForEverybody || `,
    to: ``,
    test: EDGE_TEST,
  },
  {
    name: "only pages say nosniff",
    file: "app/server/everyAnswer.server.ts",
    from: `answer.setHeader(name, value);`,
    to: `if (name === "X") answer.setHeader(name, value);`,
    test: EDGE_TEST,
  },
  {
    name: "strangers read over everybody's connections",
    file: "app/http/context.server.ts",
    from: `actor.kind === "visitor" && reads ? runtime.visitorsDb : runtime.db`,
    to: `runtime.db`,
    test: "tests/integration/database/visitors.test.ts",
  },
  {
    name: "a file that breaks off ends as if it were whole",
    file: "app/http/csv.server.ts",
    from: `        throw error;\n`,
    to: `        controller.close();\n`,
    test: "tests/integration/files/csvStream.test.ts",
  },
  {
    name: "a file counts a fund from nothing",
    file: "app/domain/books/moneyQueries.server.ts",
    from: `lt(moneyEntries.number, first)`,
    to: `lt(moneyEntries.number, 0n)`,
    test: "tests/integration/books/moneyBook.test.ts",
  },
  {
    name: "what an older key hashed is found no more",
    file: "app/domain/kernel/sealing.server.ts",
    from: `[...keys.hashKeys].map((key) => hashUnder(key, purpose, value));`,
    to: `[...keys.hashKeys].slice(0, 1).map((key) => hashUnder(key, purpose, value));`,
    test: "tests/integration/kernel/hashKeys.test.ts",
  },
  {
    name: "under a new key one person counts as two",
    file: "app/domain/households/renewLookups.server.ts",
    from: `  const record = await unsealRecord(tx, ctx, row.id);
  if (record?.name === undefined) return kept;`,
    to: `  const record = await unsealRecord(tx, ctx, row.id);
  if (record !== undefined) return kept;
  if (record?.name === undefined) return kept;`,
    test: "tests/integration/kernel/hashKeys.test.ts",
  },
  {
    name: "a new key begins every count of tries anew",
    file: "app/domain/kernel/rate.server.ts",
    from: `const counted = keys.toSorted();`,
    to: `const counted = keys.slice(0, 1);`,
    test: "tests/integration/kernel/hashKeys.test.ts",
  },
  {
    name: "a file of before the new key comes twice",
    file: "app/domain/needs/imports/knownRows.server.ts",
    from: `row.marks.flatMap((mark) => byKey.get(mark.importKey) ?? [])[0]`,
    to: `byKey.get(importKey)`,
    test: "tests/integration/kernel/hashKeys.test.ts",
  },
  {
    name: "households stay under the old key",
    file: "app/domain/households/lookups.server.ts",
    from: `and(underAnother, readable)`,
    to: `and(underAnother, readable, isNull(households.contactSealed))`,
    test: "tests/integration/kernel/hashKeys.test.ts",
  },
  {
    name: "an open slip is not named before its key goes",
    file: "app/domain/sealed/hashedColumns.server.ts",
    from: `isNotNull(deliveries.secretHash), inArray`,
    to: `isNull(deliveries.secretHash), inArray`,
    test: "tests/integration/kernel/hashKeys.test.ts",
  },
  {
    name: "pictures stay under the old key",
    file: "app/domain/sealed/reseal.server.ts",
    from: `  yield await resealFiles(ctx, batch);\n`,
    to: ``,
    test: "tests/integration/kernel/reseal.test.ts",
  },
  {
    name: "an address is made up where none is named",
    file: "app/server/securityTxt.server.ts",
    from: `return undefined;`,
    to: `SECURITY_CONTACT = "mailto:a@b";`,
    test: EDGE_TEST,
  },
  {
    name: "remembered answers lie in clear",
    file: "app/domain/kernel/once.server.ts",
    from: `seal(ctx.keys, place, encode(answer ?? null))`,
    to: `"v1:" + encode(answer ?? null)`,
    test: "tests/integration/kernel/rememberedAnswers.test.ts",
  },
  {
    name: "what was typed is kept as it was typed",
    file: "app/domain/kernel/once.server.ts",
    from: `keyedHash(ctx.keys, INPUT, typed)`,
    to: `encode(input)`,
    test: "tests/integration/kernel/rememberedAnswers.test.ts",
  },
  {
    name: "every object's names are a table's",
    file: "app/domain/kernel/own.ts",
    from: `Object.hasOwn(table, name);`,
    to: `name in table;`,
    test: "tests/unit/kernel/own.test.ts",
  },
  {
    name: "a list is copied for each of its rows",
    file: "app/domain/directory/hsds/assemble.ts",
    from: `if (Array.isArray(rows)) rows.push(row);`,
    to: `owner[as] = [...(rows as Row[]), row];`,
    test: "tests/unit/kernel/own.test.ts",
  },
  {
    name: "a claimed list is read without its done wishes in mind",
    file: "app/domain/needs/queries.server.ts",
    from: `if (filter.done === "yes") return [];`,
    to: ``,
    test: "tests/integration/giving/reads.test.ts",
  },
  {
    name: "a package without a hash is installed",
    file: "scripts/supply/lock.ts",
    from: `place === "" || entry.inBundle || `,
    to: `true || `,
    test: "tests/unit/supply/supply.test.ts",
  },
  {
    name: "an unknown licence passes",
    file: "scripts/supply/licences.ts",
    from: "if (licence === undefined) return [`${name}: unknown licence`];",
    to: `if (licence === undefined) return [];`,
    test: "tests/unit/supply/supply.test.ts",
  },
];
