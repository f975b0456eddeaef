/** The one folder that writes each table. A new table has its line here. */
export const OWNERS: Readonly<Record<string, readonly string[]>> = {
  "app/domain/books": ["goodsMoves", "lots", "lotStock", "moneyAccounts", "moneyEntries", "moneyTransfers"],
  "app/domain/callBacks": ["callBacks"],
  "app/domain/delivery": [
    "countCorrections",
    "deliveries",
    "deliveryItems",
    "feedbacks",
    "handovers",
    "inspections",
    "parcels",
    "storedFiles",
  ],
  "app/domain/finder": ["finderHandovers"],
  "app/domain/giving": ["collections", "gifts", "jointDays", "pledges", "serviceVisits"],
  "app/domain/households": ["consents", "households", "recordOpenings"],
  "app/domain/identity": [
    "accountPhones",
    "appUsers",
    "credentials",
    "donorProfiles",
    "entryCodes",
    "invitations",
    "messages",
    "oneTimeLinks",
    "passkeyChallenges",
    "passkeys",
    "recoveryCodes",
    "roleGrants",
    "roleProposals",
    "secondFactors",
    "sessions",
    "settings",
    "signInSteps",
    "stepResets",
  ],
  "app/domain/imports": ["importJobs", "importNotes", "importRows"],
  "app/domain/kernel": [
    "journal",
    "outbox",
    "portalUses",
    "rateCounters",
    "requestKeys",
    "tallies",
    "tallyChanges",
  ],
  "app/domain/lists": ["itemReports", "listItems", "listParameters", "listRules"],
  "app/domain/matching": ["allocations", "offers"],
  "app/domain/needs": ["needLines", "needs", "publicNeeds", "publicVersions", "unfinishedDrafts"],
  "app/domain/payments": [
    "checkouts",
    "financeTasks",
    "givingIntents",
    "purchases",
    "refunds",
    "spendings",
    "spendingShares",
    "stripeEvents",
  ],
  "app/domain/referrals": ["followUps", "referralOwners", "referrals"],
  "app/domain/register": [
    "charities",
    "charityAccounts",
    "filings",
    "fundraisingCertificates",
    "organisations",
    "programmes",
    "registrations",
  ],
  "app/domain/requests": ["recipientRequests"],
  "app/domain/screening": [
    "householdBenefits",
    "householdFacts",
    "householdMembers",
    "householdScreenings",
    "pushes",
    "screeningRefreshes",
  ],
  "app/worker": ["clockLeases", "restorations"],
};

/** Tables that come with the city's data and that nothing in the running portal writes. */
export const SEEDED: readonly string[] = [
  "beneficiaryGroups",
  "everydayWords",
  "installation",
  "objectKinds",
  "servicePoints",
  "towns",
  "unitsOfMeasure",
];

/** Copies that triggers keep of what an owner writes (db/sql/before.sql), and that nothing else writes. */
export const TRIGGERED: readonly string[] = ["searchedNeeds"];

/** A file that writes some columns of another's table, and why it alone does. */
export const SECOND_WRITERS: readonly Readonly<{ file: string; tables: readonly string[]; why: string }>[] = [
  {
    file: "app/domain/books/moveUnits.server.ts",
    tables: ["needLines"],
    why: "the book of units counts on the lines themselves, in one conditional UPDATE",
  },
  {
    file: "app/domain/books/postMoney.server.ts",
    tables: ["programmes"],
    why: "the money book keeps the sums of a fund on the fund, so that no sum is spent twice",
  },
  {
    file: "app/domain/sealed/reseal.server.ts",
    tables: ["storedFiles"],
    why: "what was sealed is sealed anew under another key, whosever it is",
  },
  {
    file: "app/session/sessions.server.ts",
    tables: ["sessions"],
    why: "begins and renews sessions, as lucia asks it to",
  },
  ...["drainOutbox", "release", "setAside"].map((name) => ({
    file: `app/worker/${name}.server.ts`,
    tables: ["outbox"],
    why: "what an event owes is written with it; the worker ticks it off",
  })),
];
