const SPAN = /(\d{1,2}):(\d{2})\s*[–—~-]\s*(\d{1,2}):(\d{2})/;
const WEEKDAYS = /周一至周五|週一至週五/;
const SHANGHAI_MINUTES = 8 * 60;
const DAY_MINUTES = 24 * 60;

/** Whether a place is open, and until or from when it says so. */
export type OpenNow = Readonly<{ isOpen: boolean; time: string }>;

const minutesOf = (hour: string, minute: string): number => parseInt(hour, 10) * 60 + parseInt(minute, 10);

/**
 * Reads published hours ("09:00–17:30", with or without 周一至周五) at a moment in Asia/Shanghai; undefined
 * where they say nothing that can be read, or where the place opens no more today.
 */
export function openNow(hours: string, now: Date): OpenNow | undefined {
  const [, fromHour = "", fromMinute = "", toHour = "", toMinute = ""] = SPAN.exec(hours) ?? [];
  if (fromHour === "") return undefined;
  const local = Math.floor(now.getTime() / 60_000) + SHANGHAI_MINUTES;
  // 1 January 1970 was a Thursday.
  const weekday = (Math.floor(local / DAY_MINUTES) + 4) % 7;
  if (WEEKDAYS.test(hours) && (weekday === 0 || weekday === 6)) return undefined;
  const minute = local % DAY_MINUTES;
  const [from, to] = [minutesOf(fromHour, fromMinute), minutesOf(toHour, toMinute)];
  if (minute < from) return { isOpen: false, time: `${fromHour}:${fromMinute}` };
  return minute < to ? { isOpen: true, time: `${toHour}:${toMinute}` } : undefined;
}
