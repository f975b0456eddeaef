import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { readData, shapeOf, toldOfStep, writtenData } from "~/domain/kernel/journal/eventData";
import { EVENTS, type JournalEvent } from "~/domain/kernel/journal/events";
import type { EventFacts } from "~/domain/kernel/journal/recordEvent.server";

/** Every event, by the name that the journal writes. */
const EVENT_NAMES = Object.entries(EVENTS).flatMap(([of, names]) =>
  names.map((name) => `${of}.${name}`),
) as JournalEvent[];

const ID = "018f3f6a-0000-7000-8000-000000000001";

type Json = Readonly<{
  type?: string;
  pattern?: string;
  format?: string;
  enum?: readonly unknown[];
  const?: unknown;
  description?: string;
  maxLength?: number;
  anyOf?: readonly Json[];
  properties?: Readonly<Record<string, Json>>;
  additionalProperties?: unknown;
}>;

const jsonOf = (event: JournalEvent): Json => z.toJSONSchema(shapeOf(event)) as Json;

/** Why a datum may hold anything at all; nothing where it is bounded. */
function unbounded(datum: Json): string[] {
  if (datum.anyOf) return datum.anyOf.flatMap(unbounded);
  if (datum.type !== "string")
    return ["integer", "number", "boolean", "null"].includes(datum.type ?? "") ? [] : ["no plain datum"];
  if (datum.enum ?? datum.const ?? datum.pattern ?? datum.format) return [];
  return datum.description !== undefined && datum.maxLength !== undefined
    ? []
    : ["a free text without a reason"];
}

test("every event has a strict shape of plain data: ids, codes, words, numbers, days; a free text only with its reason", () => {
  let said = 0;
  for (const event of EVENT_NAMES) {
    const shape = jsonOf(event);
    expect(shape.additionalProperties, event).toBe(false);
    for (const [name, datum] of Object.entries(shape.properties ?? {})) {
      said += 1;
      expect(unbounded(datum), `${event} ${name}`).toEqual([]);
    }
  }

  expect(said).toBeGreaterThan(150);
});

test("whatever no shape names is refused for every event, and so is a sentence where a code belongs", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...EVENT_NAMES),
      fc.string({ minLength: 1 }),
      fc.string(),
      (event, name, value) => {
        if (Object.hasOwn(shapeOf(event).shape, name)) return;
        const read = shapeOf(event).safeParse({ [name]: value });
        expect(
          read.error?.issues.some((issue) => issue.code === "unrecognized_keys"),
          event,
        ).toBe(true);
      },
    ),
  );
  for (const wrong of [
    () => writtenData("delivery.pack", { pointId: "Mrs Chen, third floor" }),
    () => writtenData("need.merge", { into: "the wish of Mrs Chen" }),
    () => writtenData("household.correct", { fields: "phone: 13800138000" }),
    () => writtenData("feedback.hear", { rating: "5" }),
    () => writtenData("joint_day.agree", { day: "tomorrow" }),
    () => writtenData("role.grant", { userId: ID, role: "donor", scope: "town:镇 near the river" }),
    () => writtenData("delivery.pack", {}),
    () => writtenData("need.verify", { note: "she is well" }),
  ])
    expect(wrong).toThrow(z.ZodError);
  expect(writtenData("delivery.pack", { pointId: ID })).toEqual({ pointId: ID });
  expect(writtenData("need.verify", undefined)).toEqual({});
});

test("rows of earlier versions are read datum by datum: what is missing, foreign or wrong is not there", () => {
  expect(readData("pledge.spend", { code: "S-1", amountFen: 1200, payee: "whoever" })).toEqual({
    code: "S-1",
    amountFen: 1200,
  });
  expect(readData("finance_task.settle", { kind: "late_payment", resolution: "burnt" })).toEqual({
    kind: "late_payment",
  });
  expect(readData("lot.release", {})).toEqual({});
});

test("the way of a gift tells days and corrected moments, and nothing else of any event", () => {
  const was = "2026-05-01T01:00:00.000Z";
  const shall = "2026-05-01T02:00:00.000Z";
  expect(toldOfStep("collection.ask", { day: "2026-05-01", part: "morning" })).toEqual({ day: "2026-05-01" });
  expect(toldOfStep("moment_correction.make", { was, shall, of: ID })).toEqual({ was, shall });
  expect(toldOfStep("moment_correction.make", { was })).toEqual({});
  expect(toldOfStep("count_correction.approve", { was: 3, shall: 4 })).toEqual({});
  expect(toldOfStep("constructor", { day: "2026-05-01" })).toEqual({});
});

test("data that is not an event's does not compile", () => {
  const facts = {
    whole: { by: "storekeeper", data: { pointId: ID } } satisfies EventFacts<"delivery.pack">,
    // @ts-expect-error: which store is always said
    none: { by: "storekeeper" } satisfies EventFacts<"delivery.pack">,
    // @ts-expect-error: no such datum of this event
    other: { by: "storekeeper", data: { pointId: ID, note: "x" } } satisfies EventFacts<"delivery.pack">,
    // @ts-expect-error: no word of this list
    word: { by: "donor", data: { way: "by_drone" } } satisfies EventFacts<"pledge.confirm">,
    // @ts-expect-error: nothing is said of this event
    mute: { by: "town_reviewer", data: { note: "x" } } satisfies EventFacts<"need.verify">,
    free: { by: "system", data: {} } satisfies EventFacts<"list_item.edit">,
  };
  expect(Object.keys(facts)).toHaveLength(6);
});
