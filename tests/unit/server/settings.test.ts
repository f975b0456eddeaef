import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { readSettings, SettingsError } from "~/settings.server";

const key = randomBytes(32).toString("base64");
const WHOLE = {
  DATABASE_URL: "postgres://app@127.0.0.1/hongxin",
  MIGRATION_URL: "postgres://owner@127.0.0.1/hongxin",
  PUBLIC_URL: "http://127.0.0.1:3000",
  DATA_KEY: `one:${key}`,
  HASH_KEY: key,
  STRIPE_SECRET_KEY: "sk_test_x",
  STRIPE_WEBHOOK_SECRET: "whsec_x",
};
const S3 = {
  S3_ENDPOINT: "https://s3.example",
  S3_BUCKET: "files",
  S3_REGION: "cn",
  S3_ACCESS_KEY_ID: "id",
  S3_SECRET_ACCESS_KEY: "secret",
};

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    return error instanceof SettingsError ? error.problems : ["another error"];
  }
}

test("files lie in a folder or in a whole bucket; both, half a bucket or neither is said", () => {
  expect(problemsOf({ ...WHOLE, FILES_DIR: "/files" })).toEqual([]);
  expect(problemsOf({ ...WHOLE, FILES_DIR: " ", ...S3 })).toEqual([]);
  expect(problemsOf(WHOLE)).toEqual([expect.stringContaining("FILES_DIR: is missing (or S3_ENDPOINT")]);
  expect(problemsOf({ ...WHOLE, FILES_DIR: "/files", ...S3 })).toEqual([expect.stringContaining("both set")]);
  for (const name of Object.keys(S3))
    expect(problemsOf({ ...WHOLE, ...S3, [name]: "" })).toEqual([
      `${name}: is missing, though other settings of S3 are there`,
    ]);
  expect(problemsOf({ ...WHOLE, ...S3, S3_ENDPOINT: "s3.example" })).toEqual([
    expect.stringContaining("S3_ENDPOINT"),
  ]);
});

test("numbers are read as plain digits within their bounds, and nothing else is taken for one", () => {
  const withFiles = { ...WHOLE, FILES_DIR: "/files" };
  expect(readSettings({ ...withFiles, PORT: " 8080 ", DRAIN_SECONDS: "0" })).toMatchObject({
    PORT: 8_080,
    DRAIN_SECONDS: 0,
    TRUSTED_PROXIES: 0,
  });
  expect(readSettings(withFiles)).toMatchObject({ PORT: 3_000, DRAIN_SECONDS: 5 });
  expect(readSettings(withFiles).PROCESSES).toBe(Math.max(1, availableParallelism() - 1));
  for (const name of ["PORT", "DRAIN_SECONDS", "PROCESSES", "TRUSTED_PROXIES"])
    for (const typed of ["0x10", "1e1", "-1", "5.0", "five", "999999"])
      expect(problemsOf({ ...withFiles, [name]: typed }), `${name}=${typed}`).toEqual([
        expect.stringContaining(name),
      ]);
});

test("a replica is named by an address of its own, of PostgreSQL", () => {
  const withFiles = { ...WHOLE, FILES_DIR: "/files" };
  expect(readSettings(withFiles).DATABASE_READ_URL).toBeUndefined();
  expect(problemsOf({ ...withFiles, DATABASE_READ_URL: "postgresql://app@replica/hongxin" })).toEqual([]);
  for (const wrong of [WHOLE.DATABASE_URL, "replica.example", "https://replica.example"])
    expect(problemsOf({ ...withFiles, DATABASE_READ_URL: wrong }), wrong).toEqual([
      expect.stringContaining("DATABASE_READ_URL"),
    ]);
});

test("hours of the line are days and hours of a week, and none where nothing is said", () => {
  expect(readSettings({ ...WHOLE, FILES_DIR: "/files" }).LINE_HOURS).toBeUndefined();
  expect(
    readSettings({ ...WHOLE, FILES_DIR: "/files", LINE_HOURS: "1-5 08:30-17:30, 6 9:00-12:00" }).LINE_HOURS,
  ).toEqual([
    { firstDay: 1, lastDay: 5, opens: "8:30", closes: "17:30" },
    { firstDay: 6, lastDay: 6, opens: "9:00", closes: "12:00" },
  ]);
  for (const hours of [
    "8:30-17:30",
    "5-1 8:30-17:30",
    "1-8 8:30-17:30",
    "1 17:30-8:30",
    "1 8:30-8:30",
    "1 8:30-9:00,",
  ])
    expect(problemsOf({ ...WHOLE, FILES_DIR: "/files", LINE_HOURS: hours }), hours).toEqual([
      expect.stringContaining("LINE_HOURS"),
    ]);
});
