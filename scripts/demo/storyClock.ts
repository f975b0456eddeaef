import { V7Generator } from "uuidv7";
import { plusDays, plusMinutes, shanghaiDay, startOfDay } from "~/domain/kernel/time";

const OPENS_MINUTE = 9 * 60;
const CLOSES_MINUTE = 17 * 60 + 30;
/** What is told last takes no longer than this. */
const LAST_MINUTES = 90;
const minuteOfDay = (at: Date): number => (at.getTime() - startOfDay(shanghaiDay(at)).getTime()) / 60_000;

/** The same moment by day; what falls into a night is done the next morning. */
function atWork(at: Date): Date {
  const minute = minuteOfDay(at);
  if (minute >= OPENS_MINUTE && minute <= CLOSES_MINUTE) return at;
  const morning = plusMinutes(startOfDay(shanghaiDay(at)), OPENS_MINUTE + (minute % 47));
  return minute > CLOSES_MINUTE ? plusDays(morning, 1) : morning;
}

/**
 * A clock for the past: it starts some weeks ago, is moved by hand from one working hour to another, and its
 * ids sort by its own time.
 */
export class StoryClock {
  private readonly ids = new V7Generator();
  private readonly waiting: { at: Date; go: () => void }[] = [];
  private at: Date;

  constructor(
    private readonly start: Date,
    private readonly until: Date,
  ) {
    this.at = atWork(start);
  }

  now = (): Date => new Date(this.at);
  newId = (): string => this.ids.generateOrResetWithTs(this.at.getTime()).toString();

  minutes(count: number): void {
    this.at = atWork(plusMinutes(this.at, count));
  }

  /** Waits so many days from now: whatever is told beside this goes on meanwhile. */
  days(count: number): Promise<void> {
    return this.wait(plusDays(this.at, count));
  }

  /** Waits for a day of the story. */
  toDay(day: number): Promise<void> {
    return this.wait(plusDays(this.start, day));
  }

  /** Waits for the last working hours that are over by the story's end: an hour is left in them. */
  toItsEnd(): Promise<void> {
    const recent = plusMinutes(this.until, -LAST_MINUTES);
    const minute = minuteOfDay(recent);
    if (minute >= OPENS_MINUTE && minute <= CLOSES_MINUTE - LAST_MINUTES) return this.wait(recent);
    const day = plusDays(startOfDay(shanghaiDay(recent)), minute < OPENS_MINUTE ? -1 : 0);
    return this.wait(plusMinutes(day, CLOSES_MINUTE - LAST_MINUTES));
  }

  /** Tells these side by side: whoever waits for the earliest moment goes on, one at a time. */
  async together(tales: readonly (() => Promise<void>)[]): Promise<void> {
    const told = tales.map(async (tale) => {
      await this.turn(this.at);
      await tale();
      this.next();
    });
    this.next();
    await Promise.all(told);
  }

  private async wait(at: Date): Promise<void> {
    const turn = this.turn(atWork(at));
    this.next();
    await turn;
  }

  private turn(at: Date): Promise<void> {
    return new Promise((go) => {
      this.waiting.push({ at, go });
    });
  }

  private next(): void {
    const [first] = this.waiting.toSorted((a, b) => a.at.getTime() - b.at.getTime());
    if (!first) return;
    this.waiting.splice(this.waiting.indexOf(first), 1);
    if (first.at > this.at) this.at = first.at;
    first.go();
  }
}
