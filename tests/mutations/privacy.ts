import type { Mutation } from "./mutation";

const guard = "tests/unit/needs/publishGuard.test.ts";
const samePerson = "tests/integration/households/samePerson.test.ts";
const accounts = "tests/integration/identity/accounts.test.ts";
const wayBack = "tests/integration/identity/wayBack.test.ts";
const unfinished = "tests/integration/needs/unfinished.test.ts";
const edge = "tests/unit/server/edge.test.ts";
const patterns = "app/domain/needs/guard/patterns.ts";
const needles = "app/domain/needs/guard/needles.server.ts";
const signs = "app/domain/needs/guard/signs.server.ts";
const lookups = "app/domain/households/lookups.server.ts";
const sessions = "app/session/sessions.server.ts";

/**
 * Faults in what may become public, in who is who, in what somebody else saved meanwhile, and in sessions.
 */
export const PRIVACY: readonly Mutation[] = [
  {
    name: "schools are published",
    file: patterns,
    from: `{ kind: "school", hard: true,`,
    to: `{ kind: "school", hard: false,`,
    test: guard,
  },
  {
    name: "the household's own school is not looked for",
    file: needles,
    from: `field === "village" || field === "school" ?`,
    to: `field === "village" ?`,
    test: guard,
  },
  {
    name: "the household's own road and number may stay",
    file: needles,
    from: `号?\`, "gu"), hard: true });`,
    to: `号?\`, "gu"), hard: false });`,
    test: guard,
  },
  {
    name: "a name by its sounds is not looked for",
    file: needles,
    from: `...soundsOf(name).map(`,
    to: `...soundsOf("").map(`,
    test: guard,
  },
  {
    name: "what stands where nothing is on record is looked for",
    file: needles,
    from: `value === undefined || saysNothing(value) ? [] : [[`,
    to: `value === undefined ? [] : [[`,
    test: guard,
  },
  {
    name: "addresses of mail are published",
    file: patterns,
    from: `*(?:@|\\(at\\)`,
    to: `*(?:\\(at\\)`,
    test: guard,
  },
  {
    name: "invisible signs hide a name",
    file: "app/domain/kernel/typed/signs.ts",
    from: `.normalize("NFKD").replace(MARKS, "")`,
    to: `.normalize("NFKD")`,
    test: guard,
  },
  {
    name: "a neighbour hides a name from the converter",
    file: signs,
    from: `const simple = simplified(sign);`,
    to: `const simple = sign;`,
    test: guard,
  },
  {
    name: "spelled digits are no digits",
    file: signs,
    from: `const chinese = DIGITS.get(sign);`,
    to: `const chinese = DIGITS.get(sign + sign);`,
    test: guard,
  },
  {
    name: "a pseudonym may be a sealed value",
    file: "app/domain/needs/guard/publishGuard.server.ts",
    from: `if (isSealed) return`,
    to: `if (isSealed && plain === "") return`,
    test: guard,
  },

  {
    name: "a name is another in another spelling",
    file: lookups,
    from: `? "" : comparableName(person.name)`,
    to: `? "" : person.name`,
    test: samePerson,
  },
  {
    name: "a phone is another in another spelling",
    file: lookups,
    from: `= canonicalPhone(person.phone)`,
    to: `= person.phone`,
    test: samePerson,
  },
  {
    name: "two ID numbers are one person for the cap",
    file: lookups,
    from: `and(anyOf(sameId(person), sameName(person)), notAnother(person))`,
    to: `anyOf(sameId(person), sameName(person))`,
    test: samePerson,
  },
  {
    name: "two ID numbers are one person when wishes are compared",
    file: lookups,
    from: `sameName(person), samePhone(person)), notAnother(person))`,
    to: `sameName(person), samePhone(person)))`,
    test: samePerson,
  },
  {
    name: "an ID number is another in full width",
    file: lookups,
    from: `folded(typed)\n    .toUpperCase()`,
    to: `typed\n    .toUpperCase()`,
    test: samePerson,
  },
  {
    name: "older hashes stay",
    file: lookups,
    from: `lt(households.lookupRule, LOOKUP_RULE)`,
    to: `lt(households.lookupRule, 0)`,
    test: samePerson,
  },

  {
    name: "who stays unnamed leaves a name",
    file: "app/domain/giving/shownName.ts",
    from: `displayName: displayChoice === "kind_person" ? null : shownName(displayName ?? "")`,
    to: `displayName: displayName ? shownName(displayName) : null`,
    test: "tests/integration/giving/chosen.test.ts",
  },
  {
    name: "a number is shown as a name",
    file: "app/domain/giving/shownName.ts",
    from: ` || NUMBER.test(name)`,
    to: ``,
    test: "tests/integration/giving/kept.test.ts",
    only: "a shown name is a name",
  },
  {
    name: "an address is shown as a name",
    file: "app/domain/giving/shownName.ts",
    from: `name.includes("@") || `,
    to: ``,
    test: "tests/integration/giving/kept.test.ts",
    only: "a shown name is a name",
  },

  {
    name: "saved over what another saved",
    file: "app/domain/kernel/opened.ts",
    from: `if (opened !== openedOn(...versions)) throw`,
    to: `if (opened === "never") throw`,
    test: unfinished,
  },
  {
    name: "a draft is saved over another's",
    file: "app/domain/needs/unfinished.server.ts",
    from: `    requireUnchanged(version, ...versions);\n`,
    to: ``,
    test: unfinished,
  },
  {
    name: "a whole draft is saved over another's",
    file: "app/domain/needs/draftWish.server.ts",
    from: `requireUnchanged(input.version, ...versions);`,
    to: ``,
    test: "tests/integration/needs/meanwhile.test.ts",
    only: "a draft saved in two tabs",
  },
  {
    name: "an organisation's need is saved over another's",
    file: "app/domain/needs/draftOrganisationNeed.server.ts",
    from: `      requireUnchanged(input.version, ...(await draftVersions(tx, needId)));\n      await dropUnfinished(tx, needId);\n      await requireTown`,
    to: `      await dropUnfinished(tx, needId);\n      await requireTown`,
    test: unfinished,
  },
  {
    name: "an organisation's unfinished need is saved over another's",
    file: "app/domain/needs/draftOrganisationNeed.server.ts",
    from: `requireUnchanged(input.version, ...(await draftVersions(tx, needId)));
        await dropUnfinished(tx, needId);
        await writeOrganisationNeed(`,
    to: `await dropUnfinished(tx, needId);
        await writeOrganisationNeed(`,
    test: unfinished,
  },
  {
    name: "a record is saved over another's",
    file: "app/domain/households/changeHousehold.server.ts",
    from: `  if (opened !== undefined) requireUnchanged(opened, row.version);\n`,
    to: ``,
    test: "tests/integration/households/opening.test.ts",
    only: "a record is corrected",
  },
  {
    name: "a sheet is saved over another's",
    file: "app/domain/screening/recordFacts.server.ts",
    from: `    requireUnchanged(input.version, ...sheetVersions(before, benefits));\n`,
    to: ``,
    test: "tests/integration/screening/screening.test.ts",
    only: "facts are written and read only",
  },
  {
    name: "an entry is saved over another's",
    file: "app/domain/lists/desk/editItem.server.ts",
    from: `requireUnchanged(version, row.version);`,
    to: ``,
    test: "tests/integration/lists/itemKeeping.test.ts",
  },
  {
    name: "a limit is saved over another's",
    file: "app/domain/identity/changeLimit.server.ts",
    from: `requireUnchanged(version, (await lastSet(tx, name))?.id ?? "");`,
    to: ``,
    test: "tests/integration/identity/rooms.test.ts",
  },
  {
    name: "a joint day is saved over another's",
    file: "app/domain/giving/proposeJointDay.server.ts",
    from: `requireUnchanged(input.version, ...jointDayVersions(live));`,
    to: ``,
    test: "tests/integration/giving/jointDays.test.ts",
    only: "the same request twice",
  },
  {
    name: "what is not whole is anybody's",
    file: "app/domain/needs/unfinished.server.ts",
    from: `filedBy === ctx.actor.userId && `,
    to: ``,
    test: unfinished,
  },
  {
    name: "what is not whole is kept for ever",
    file: "app/domain/needs/unfinished.server.ts",
    from: `lt(unfinishedDrafts.changedAt, before)`,
    to: `lt(unfinishedDrafts.changedAt, new Date(0))`,
    test: unfinished,
  },
  {
    name: "what was typed of an erased household stays",
    file: "app/domain/needs/unfinished.server.ts",
    from: `or(eq(unfinishedDrafts.householdId, householdId), `,
    to: `or(`,
    test: unfinished,
  },

  {
    name: "an ended session opens",
    file: sessions,
    from: `eq(sessions.id, sql.placeholder("id")), isNull(sessions.endedAt)))`,
    to: `eq(sessions.id, sql.placeholder("id"))))`,
    test: accounts,
  },
  {
    name: "a session never grows old",
    file: sessions,
    from: `if (sessionIsOver(session, { isStaff }, now)) return undefined;`,
    to: `void isStaff;`,
    test: accounts,
  },
  {
    name: "a closed account's session opens",
    file: sessions,
    from: `mayEnter: disabledAt === null && `,
    to: `mayEnter: `,
    test: accounts,
  },
  {
    name: "nobody is told why a session ended",
    file: sessions,
    from: `why: row.why ?? "idle"`,
    to: `why: "idle"`,
    test: accounts,
  },
  {
    name: "an earlier link stays open",
    file: "app/domain/identity/oneTimeLinks.server.ts",
    from: `  await closeLinks(tx, ctx, userId, purpose);\n  const`,
    to: `  const`,
    test: wayBack,
  },
  {
    name: "a link for one purpose serves another",
    file: "app/domain/identity/oneTimeLinks.server.ts",
    from: `inArray(oneTimeLinks.tokenHash, tokenHashes(ctx, token)), eq(oneTimeLinks.purpose, purpose)`,
    to: `inArray(oneTimeLinks.tokenHash, tokenHashes(ctx, token))`,
    test: wayBack,
  },
  {
    name: "the log keeps what opens a gift",
    file: "app/server/requests.server.ts",
    from: `new Set(["t", "s",`,
    to: `new Set(["s",`,
    test: edge,
  },
  {
    name: "styles from anywhere",
    file: "app/server/requests.server.ts",
    from: `"style-src 'self' 'unsafe-inline'",`,
    to: `"style-src * 'unsafe-inline'",`,
    test: edge,
  },
  {
    name: "pictures from anywhere",
    file: "app/server/requests.server.ts",
    from: `"img-src 'self' data:",`,
    to: `"img-src *",`,
    test: edge,
  },
  {
    name: "any form of scripts",
    file: "app/server/requests.server.ts",
    from: `'strict-dynamic'`,
    to: `'unsafe-eval'`,
    test: edge,
  },
];
