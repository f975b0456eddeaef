import { cookieOf } from "~/session/cookieOf";

const CHOICES = {
  theme: ["auto", "light", "dark"],
  contrast: ["auto", "normal", "more"],
  size: ["normal", "elder"],
  text: ["100", "125", "150", "200"],
  spacing: ["normal", "roomy"],
} as const;
type Choices = typeof CHOICES;
const NAMES = Object.keys(CHOICES) as (keyof Choices)[];

/** How a reader wants pages to look; `auto` follows their device. */
export type Preferences = { readonly [Name in keyof Choices]: Choices[Name][number] };

const YEAR_SECONDS = 31_536_000;
const keep = (name: string, value: string): string =>
  `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly`;

/** The first of each list of choices stands for everything that was never chosen, or is no choice of ours. */
function preferencesOf(chosen: (name: keyof Choices, index: number) => string | undefined): Preferences {
  return Object.fromEntries(
    NAMES.map((name, index) => [
      name,
      CHOICES[name].find((choice) => choice === chosen(name, index)) ?? CHOICES[name][0],
    ]),
  ) as Preferences;
}

/**
 * How the reader wants pages to look, from their cookie: known before the first byte, so that no page
 * flashes.
 */
export function readPreferences(request: Request): Preferences {
  const values = cookieOf(request, "look").split(".");
  return preferencesOf((_name, index) => values[index]);
}

/** The preferences after a form: what it names is changed, the rest stays. */
export function changedPreferences(before: Preferences, form: FormData): Preferences {
  return preferencesOf((name) => {
    const value = form.get(name);
    return CHOICES[name].find((choice) => choice === value) ?? before[name];
  });
}

/** The cookie that keeps them; readable by nobody's script, holding no person's data. */
export const preferencesCookie = (preferences: Preferences): string =>
  keep("look", NAMES.map((name) => preferences[name]).join("."));

/** The language that the reader last switched to by hand; empty when they never did. */
export const readLanguage = (request: Request): string => cookieOf(request, "lang");

export const languageCookie = (locale: string): string => keep("lang", locale);
