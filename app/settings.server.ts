import { availableParallelism } from "node:os";
import { z } from "zod";
import { readKeyring } from "~/domain/kernel/sealing.server";
import { WeekHours } from "~/domain/kernel/typed/weekHours";

/** A whole number in plain digits: no sign, no point, no other base. */
const whole = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,6}$/, "is no whole number")
    .transform((digits) => Number.parseInt(digits, 10))
    .pipe(z.number().min(least).max(most));
const Url = z.url({ protocol: /^https?$/ });

/** A contact as RFC 9116 has it: a mail address, a page or a phone, as an address that a browser opens. */
const Contact = z
  .string()
  .regex(/^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+|tel:\+?[\d-]+)$/, "is no mailto:, https: or tel: address");

const Settings = z.object({
  DATABASE_URL: z.string().min(1),
  MIGRATION_URL: z.string().min(1),
  /** A replica of the same database, for what may be some seconds late. */
  DATABASE_READ_URL: z.url({ protocol: /^postgres(?:ql)?$/ }).optional(),
  PUBLIC_URL: Url,
  DATA_KEY: z.string().min(1),
  HASH_KEY: z.string().min(1),
  STRIPE_SECRET_KEY: z.string().min(1),
  STRIPE_WEBHOOK_SECRET: z.string().min(1),
  /** Where the local test desk listens; only for demo and tests. */
  STRIPE_EMULATOR_URL: Url.optional(),
  MAIL_URL: z.string().optional(),
  MAIL_FROM: z.string().optional(),
  /** The city's text message gateway; without it caseworkers call. */
  TEXT_GATEWAY_URL: Url.optional(),
  TEXT_GATEWAY_TOKEN: z.string().optional(),
  /** Countries beside the mainland to whose numbers codes may go, by their calling codes: `852,853,886`. */
  TEXT_COUNTRIES: z
    .string()
    .trim()
    .regex(/^[2-9]\d{0,2}(?:\s*,\s*[2-9]\d{0,2})*$/, "is no list of calling codes, as 852,853")
    .transform((codes) => codes.split(",").map((code) => code.trim()))
    .optional(),
  /** Files lie in a folder, or in a bucket of anything that speaks S3: one of the two. */
  FILES_DIR: z.string().optional(),
  S3_ENDPOINT: Url.optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  /** Where whoever finds a weakness writes to; shown at /.well-known/security.txt. */
  SECURITY_CONTACT: Contact.optional(),
  /** When somebody answers the line that every page shows; where it is not said, no page says it. */
  LINE_HOURS: WeekHours.optional(),
  ROLE: z.enum(["portal", "worker", "both"]).default("both"),
  HOST: z.string().default("127.0.0.1"),
  PORT: whole(0, 65_535).default(3000),
  /** How many processes serve the portal: each uses one core. */
  PROCESSES: whole(1, 64).default(() => Math.max(1, availableParallelism() - 1)),
  /** How long a copy that ends goes on taking requests, until whoever spreads them has seen /healthz. */
  DRAIN_SECONDS: whole(0, 60).default(5),
  /** How many reverse proxies of ours stand in front: so many entries of X-Forwarded-For are believed. */
  TRUSTED_PROXIES: whole(0, 5).default(0),
});

export type Settings = z.infer<typeof Settings>;

/**
 * Settings are missing or contradict each other; `message` names all of them at once, for the person who
 * starts the portal.
 */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The portal cannot start. Please put right:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    );
    this.name = "SettingsError";
  }
}

/**
 * Reads the settings from the environment.
 * @throws {SettingsError} with every problem, not only the first
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = Settings.safeParse(given);
  const problems = [
    ...(parsed.success
      ? contradictions(parsed.data)
      : parsed.error.issues.map(
          (issue) =>
            `${issue.path.join(".")}: ${issue.code === "invalid_type" ? "is missing" : issue.message}`,
        )),
    ...placeOfFiles(given),
  ];
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  return parsed.data;
}

function contradictions(settings: Settings): string[] {
  const live = /^(sk|rk)_live_/.test(settings.STRIPE_SECRET_KEY);
  const secure = settings.PUBLIC_URL.startsWith("https:");
  const rules: [boolean, string][] = [
    [
      live && !secure,
      "STRIPE_SECRET_KEY is a live key, but PUBLIC_URL is not https: a copy of production must not charge anybody",
    ],
    [
      live && settings.STRIPE_EMULATOR_URL !== undefined,
      "STRIPE_SECRET_KEY is a live key, but STRIPE_EMULATOR_URL points to the test desk",
    ],
    [
      secure && settings.TRUSTED_PROXIES === 0,
      "PUBLIC_URL is https, but TRUSTED_PROXIES is 0: the portal speaks http itself, so a proxy stands in front of it, and every visitor would count as that proxy",
    ],
    [
      settings.MAIL_URL !== undefined && settings.MAIL_FROM === undefined,
      "MAIL_URL is set, but MAIL_FROM is not",
    ],
    [
      secure && settings.SECURITY_CONTACT === undefined,
      "SECURITY_CONTACT: is missing (mailto: or https:, where whoever finds a weakness writes to)",
    ],
    [
      settings.DATABASE_URL === settings.MIGRATION_URL && secure,
      "DATABASE_URL and MIGRATION_URL are the same: in production the app must not own its tables",
    ],
    [
      settings.DATABASE_READ_URL === settings.DATABASE_URL,
      "DATABASE_READ_URL is DATABASE_URL: it names a replica, and is left out where there is none",
    ],
  ];
  return [...rules.flatMap(([broken, words]) => (broken ? [words] : [])), ...unreadableKeys(settings)];
}

const S3_NAMES = [
  "S3_ENDPOINT",
  "S3_BUCKET",
  "S3_REGION",
  "S3_ACCESS_KEY_ID",
  "S3_SECRET_ACCESS_KEY",
] as const;

/** A folder or a bucket, never both, and never half a bucket. */
function placeOfFiles(given: Readonly<Record<string, string | undefined>>): string[] {
  const missing = S3_NAMES.filter((name) => given[name] === undefined);
  if (missing.length === S3_NAMES.length)
    return given["FILES_DIR"] === undefined ? [`FILES_DIR: is missing (or ${S3_NAMES.join(", ")})`] : [];
  return [
    ...missing.map((name) => `${name}: is missing, though other settings of S3 are there`),
    ...(given["FILES_DIR"] === undefined
      ? []
      : ["FILES_DIR and S3_* are both set: files lie in one place, the folder or the bucket"]),
  ];
}

/** Keys that are none are said at the start, not at the first sealed word. */
function unreadableKeys({ DATA_KEY, HASH_KEY }: Settings): string[] {
  try {
    readKeyring(DATA_KEY, HASH_KEY);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : "DATA_KEY or HASH_KEY cannot be read"];
  }
}
