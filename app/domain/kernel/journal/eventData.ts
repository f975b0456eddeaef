import { z } from "zod";
import { isNameIn, ownOf } from "~/domain/kernel/own";
import { OF_GOODS } from "./eventData/goods";
import { OF_LISTS } from "./eventData/lists";
import { OF_MONEY } from "./eventData/money";
import { OF_HOUSEHOLDS, OF_ROLES } from "./eventData/people";
import type { JournalEvent } from "./events";

/** What the journal keeps of an event's data: nothing that is not one of these. */
export type KeptData = Readonly<Record<string, string | number | boolean | null>>;

/** What an event without a shape of its own says: nothing. */
const NoData = z.strictObject({});

/** The shapes of all events that say something. */
const SHAPES = { ...OF_GOODS, ...OF_MONEY, ...OF_HOUSEHOLDS, ...OF_ROLES, ...OF_LISTS } as const satisfies {
  readonly [E in JournalEvent]?: z.ZodObject;
};

type Shapes = typeof SHAPES;

/** What an event says beside its subject, actor and moment. */
export type EventData<Event extends string> = Event extends keyof Shapes
  ? Readonly<z.output<Shapes[Event]>>
  : Readonly<Record<string, never>>;

/** The field in which who records an event says so: needed, free to be left out, or not there at all. */
export type WithData<Event extends string> = Event extends keyof Shapes
  ? Partial<EventData<Event>> extends EventData<Event>
    ? Readonly<{ data?: EventData<Event> }>
    : Readonly<{ data: EventData<Event> }>
  : Readonly<{ data?: never }>;

/** The shape of an event's data: strict, so that what it does not name is refused. */
export const shapeOf = (event: JournalEvent): z.ZodObject & z.ZodType<KeptData> =>
  ownOf<Readonly<Partial<Record<JournalEvent, z.ZodObject & z.ZodType<KeptData>>>>>(SHAPES, event) ?? NoData;

/**
 * Data as it is written. What is no datum of this event throws: it is a fault of ours, never something typed.
 */
export const writtenData = (event: JournalEvent, data: unknown): KeptData => shapeOf(event).parse(data ?? {});

/**
 * Data as it was kept, for whoever reads the journal. Rows of earlier versions are read as they are: each
 * datum by its own shape, what is missing or is none is undefined, and what no shape names is passed over.
 */
export function readData<Event extends keyof Shapes>(
  event: Event,
  kept: Readonly<Record<string, unknown>>,
): Partial<EventData<Event>> {
  const read = Object.entries(shapeOf(event).shape).flatMap(([name, shape]) => {
    const datum = z.safeParse(shape, ownOf(kept, name));
    return datum.success && datum.data !== undefined ? [[name, datum.data] as const] : [];
  });
  // Which name has which datum is lost where TypeScript makes an object of entries.
  return Object.fromEntries(read) as Partial<EventData<Event>>;
}

type Dated = { [E in keyof Shapes]: "day" extends keyof EventData<E> ? E : never }[keyof Shapes];

const namesDay = (event: string): event is Dated =>
  isNameIn(SHAPES, event) && isNameIn(SHAPES[event].shape, "day");

/** What a step of a way tells its reader: the day it names, or from when to when it put a moment right. */
export type StepTold = Readonly<{ day?: string; was?: string; shall?: string }>;

/** What of an event's data its way tells; of every other event nothing. */
export function toldOfStep(event: string, kept: Readonly<Record<string, unknown>>): StepTold {
  if (namesDay(event)) {
    const { day } = readData(event, kept);
    return day === undefined ? {} : { day };
  }

  if (event !== "moment_correction.make") return {};
  const { was, shall } = readData(event, kept);
  return was === undefined || shall === undefined ? {} : { was, shall };
}
