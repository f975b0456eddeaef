import { MOST_LISTED } from "~/domain/kernel/waiting";
import { aside, counted } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";

/** How many rows wait, behind a list's title: nothing where none does, and not beyond what is listed. */
export const waiting = (locale: Locale, rows: readonly unknown[]): string =>
  rows.length === 0 ? "" : aside(locale, counted(locale, rows.length, MOST_LISTED));
