import fc from "fast-check";
import { expect, test } from "vitest";
import { Notes, tally } from "~/domain/lists/hsds/notes";
import { readHsdsService } from "~/domain/lists/hsds/prune";
import { Service } from "~/domain/lists/hsds/shapes";
import { toItem } from "~/domain/lists/hsds/toItem.server";
import { type ListItem, toService } from "~/domain/lists/hsds/toService.server";
import { aForeignService, idOf } from "../../factories/hsds";

const origin = { file: "services.json", row: 1 };
const towns = [
  { code: "442000001", name: "石岐街道" },
  { code: "442000105", name: "古镇镇" },
];
const now = new Date("2026-03-01T00:00:00Z");

/** What comes where something else is expected, and what does not come at all. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    "x",
    "\0",
    "www.example.org",
    1,
    -1,
    true,
    [],
    {},
    [null],
    ["x"],
    [{}],
    { id: 1 },
    "2026-01-01",
    "__proto__",
  ),
  fc.jsonValue({ maxDepth: 3 }),
);
const keys = [...Object.keys(Service.shape), "metadata", "capacities", "constructor", "toString"];
const parts = [
  "phones",
  "schedules",
  "service_areas",
  "service_at_locations",
  "languages",
  "attributes",
  "contacts",
  "required_documents",
] as const;

/** A service in which anything may stand anywhere. */
const dirty = fc.record({
  changes: fc.dictionary(fc.constantFrom(...keys), anything, { maxKeys: 8 }),
  within: fc.array(fc.tuple(fc.constantFrom(...parts), fc.array(anything, { maxLength: 4 })), {
    maxLength: 3,
  }),
});

test("whatever comes in, a record is refused with a reason, or what is left of it is valid", () => {
  let [taken, refused] = [0, 0];
  fc.assert(
    fc.property(dirty, ({ changes, within }) => {
      const notes = new Notes();
      const record = { ...aForeignService("任意"), ...changes, ...Object.fromEntries(within) };
      const read = readHsdsService(structuredClone(record), { origin, origins: new WeakMap(), notes });
      if (read === undefined) {
        refused += 1;
        expect(notes.isRefused(origin)).toBe(true);
      } else {
        taken += 1;
        expect(notes.isRefused(origin)).toBe(false);
        expect(Service.safeParse(read).error).toBeUndefined();
      }
    }),
    { numRuns: 500 },
  );
  expect(taken > 0 && refused > 0).toBe(true);
});

test("a record that is nested without end, or has thousands of faults, is no record", () => {
  const endless: Record<string, unknown> = {};
  let inner = endless;
  for (let depth = 0; depth < 5_000; depth += 1) inner = inner["more"] = {};
  for (const more of [{ phones: [endless] }, { phones: Array.from({ length: 3_000 }, () => ({})) }]) {
    const notes = new Notes();
    expect(
      readHsdsService(aForeignService("深", more), { origin, origins: new WeakMap(), notes }),
    ).toBeUndefined();
    expect(notes.all().map((note) => note.code)).toEqual(["not_a_record"]);
  }
});

const words = fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replaceAll("\0", "0"));
const perhaps = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const time = fc
  .integer({ min: 0, max: 1439 })
  .map(
    (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`,
  );
const foreign = fc.record({
  name: words,
  description: perhaps(words),
  eligibility_description: perhaps(words),
  application_process: perhaps(words),
  minimum_age: perhaps(fc.integer({ min: 0, max: 120 })),
  assured_date: perhaps(fc.constantFrom("2025-01-31", "2026-02-28")),
  phones: fc.array(fc.record({ number: words, extension: perhaps(fc.integer({ min: 0, max: 9999 })) }), {
    maxLength: 3,
  }),
  schedules: fc.array(
    fc.oneof(
      fc.record({ description: words }),
      fc.record({
        freq: fc.constantFrom("WEEKLY", "MONTHLY"),
        byday: fc.constantFrom("MO", "MO,TU,WE", "2FR", "-1SU"),
        opens_at: time,
        closes_at: time,
      }),
    ),
    { maxLength: 3 },
  ),
  places: fc.array(fc.record({ name: perhaps(words), address_1: perhaps(words) }), { maxLength: 3 }),
  areas: fc.array(fc.constantFrom("石岐街道", "古镇镇", "别处"), { maxLength: 3 }),
  papers: fc.array(words, { maxLength: 3 }),
});

function record({
  phones,
  schedules,
  places,
  areas,
  papers,
  ...plain
}: typeof foreign extends fc.Arbitrary<infer Value> ? Value : never): Service {
  const numbered = <T extends object>(name: string, list: readonly T[]) =>
    list.map((one, index) => ({ id: idOf(`${name}${index}`), ...one }));
  const address = {
    city: "示例市",
    state_province: "示例省",
    postal_code: "000000",
    country: "CN",
    address_type: "physical",
  };
  const made = {
    ...aForeignService("来回", plain),
    phones: numbered("phone", phones),
    schedules: numbered("schedule", schedules),
    service_areas: numbered(
      "area",
      areas.map((name) => ({ name })),
    ),
    required_documents: numbered(
      "paper",
      papers.map((document) => ({ document })),
    ),
    service_at_locations: places.map(({ name, address_1 }, index) => ({
      id: idOf(`at${index}`),
      location: {
        id: idOf(`place${index}`),
        location_type: "physical",
        name,
        ...(address_1 === undefined
          ? {}
          : { addresses: [{ id: idOf(`address${index}`), address_1, ...address }] }),
      },
    })),
  };
  return Service.parse(JSON.parse(JSON.stringify(made)));
}

/** Taken in as a new entry, and given out again. */
function throughTheHouse(service: Service): Service {
  const reading = {
    origin,
    originOf: () => undefined,
    notes: new Notes(),
    towns,
    now,
    list: "social" as const,
  };
  const { values, modified } = toItem(service, undefined, reading);
  // As the database keeps it: the parts come back with their keys in another order.
  const hsdsParts = JSON.parse(
    JSON.stringify(values.hsdsParts, (_key, value: unknown) =>
      isRecord(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
    ),
  ) as unknown;
  const kept = {
    id: idOf("row"),
    code: "HSTEST",
    number: 1,
    state: "published",
    version: 1,
    sort: 1,
    ownerId: null,
    inFinder: false,
    hsdsId: service.id,
    createdAt: now,
    updatedAt: modified,
  } as const;
  const item: ListItem = { ...values, ...kept, hsdsParts };
  return toService(item, { towns, rules: new Map(), parameters: undefined });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

test("a foreign record given out is valid, and taken in and given out again it is the same, byte by byte", () => {
  fc.assert(
    fc.property(foreign.map(record), (service) => {
      const first = throughTheHouse(service);
      expect(Service.safeParse(first).error).toBeUndefined();
      expect(JSON.stringify(throughTheHouse(first))).toBe(JSON.stringify(first));
    }),
    { numRuns: 300 },
  );
});

test("reasons are counted, refusals first", () => {
  const notes = new Notes();
  notes.warn(origin, "no_text");
  notes.warn({ ...origin, row: 2 }, "no_text");
  notes.warn(origin, "no_category");
  notes.refuse({ ...origin, row: 3 }, "twice");
  notes.refuse({ ...origin, row: 3 }, "twice");
  expect(tally(notes.all())).toEqual([
    { outcome: "refused", code: "twice", n: 1 },
    { outcome: "warning", code: "no_text", n: 2 },
    { outcome: "warning", code: "no_category", n: 1 },
  ]);
  expect(notes.counts()).toEqual({ refused: 1, warned: 2 });
});
