import { readdirSync, readFileSync } from "node:fs";
import type { data } from "@remix-run/node";
import { expect, expectTypeOf, test } from "vitest";
import type { load } from "~/http/answer.server";
import type { NamesItsColumns, NoWholeRows, WholeRowsIn } from "~/http/wholeRows";
import type { gifts, pledges } from "~db/schema/giving";
import type { households } from "~db/schema/households";
import type { needs } from "~db/schema/needs";

type Pledge = typeof pledges.$inferSelect;
type Household = typeof households.$inferSelect;
type Need = typeof needs.$inferSelect;
type Gift = typeof gifts.$inferSelect;

test("what names its columns goes to a page as it is", () => {
  type Page = Readonly<{
    gift: Pick<Gift, "code" | "kind">;
    rows: readonly Pick<Pledge, "id" | "quantity" | "dueAt">[];
    next: string | undefined;
  }>;
  expectTypeOf<NamesItsColumns<Page>>().toEqualTypeOf<Page>();
  expectTypeOf<WholeRowsIn<Page>>().toEqualTypeOf<never>();
  expectTypeOf<NoWholeRows<Page>>().toEqualTypeOf<[]>();
  expectTypeOf<NamesItsColumns<Omit<Household, "dataKeyWrapped" | "contactSealed">>>().toEqualTypeOf<
    Omit<Household, "dataKeyWrapped" | "contactSealed">
  >();
});

test("a whole row is named by its table, wherever it lies in an answer", () => {
  expectTypeOf<WholeRowsIn<Household>>().toEqualTypeOf<"households">();
  expectTypeOf<NamesItsColumns<{ one: Household; title: string }>>().toEqualTypeOf<
    Readonly<{ wholeRowsOf: "households" }>
  >();
  expectTypeOf<WholeRowsIn<readonly Need[]>>().toEqualTypeOf<"needs">();
  expectTypeOf<WholeRowsIn<{ pages: { rows: { need: Need }[] }[] }>>().toEqualTypeOf<"needs">();
  expectTypeOf<WholeRowsIn<{ page?: { need: Need } | undefined }>>().toEqualTypeOf<"needs">();
  expectTypeOf<WholeRowsIn<{ found: Need | null }>>().toEqualTypeOf<"needs">();
  expectTypeOf<WholeRowsIn<{ kind: "one"; of: Need } | { kind: "other"; of: Household }>>().toEqualTypeOf<
    "needs" | "households"
  >();
  expectTypeOf<WholeRowsIn<[string, { a: Household }]>>().toEqualTypeOf<"households">();
});

test("what was emptied of a row, or added to it, leaves it whole", () => {
  expectTypeOf<
    WholeRowsIn<Omit<Need, "wordsSealed"> & { wordsSealed: undefined }>
  >().toEqualTypeOf<"needs">();
  expectTypeOf<WholeRowsIn<Need & { mine: boolean }>>().toEqualTypeOf<"needs">();
});

test("an answer with a status of its own is looked into as well", () => {
  expectTypeOf<WholeRowsIn<ReturnType<typeof data<{ need: Need | null }>>>>().toEqualTypeOf<"needs">();
  expectTypeOf<NamesItsColumns<Response>>().toEqualTypeOf<Response>();
});

test("records of whatever names, words and moments are no rows", () => {
  expectTypeOf<WholeRowsIn<Record<string, string>>>().toEqualTypeOf<never>();
  expectTypeOf<
    WholeRowsIn<{ messages: Readonly<Record<string, string>>; now: Date; says: (name: string) => string }>
  >().toEqualTypeOf<never>();
});

test("loaders answer through the function whose type keeps it", () => {
  // Such a call does not compile, whether or not a page reads what it answers.
  expectTypeOf<Parameters<typeof load<{ need: Need }>>[2]>().toEqualTypeOf<"needs">();
  expectTypeOf<Awaited<ReturnType<typeof load<{ need: Need }>>>>().toEqualTypeOf<
    Readonly<{ wholeRowsOf: "needs" }>
  >();
  /**
   * The lists' own interface and sums of the books, which have no person in them, and what answers with
   * nothing but a redirect.
   */
  const OTHERWISE =
    /^(api\/(hsds\/|openFigures\.ts)|identity\/signOut\.ts|shell\/(locale\.tsx|notFound\.tsx|preferences\.ts)|webhooks\/stripe\.ts)/;
  const routes = readdirSync("app/routes", { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.tsx?$/.test(name) && !OTHERWISE.test(name),
  );
  const loaders = routes.filter((name) =>
    /export (const|async function|function) loader/.test(readFileSync(`app/routes/${name}`, "utf8")),
  );
  expect(loaders.length).toBeGreaterThan(90);
  expect(
    loaders.filter((name) => !/\bload\(args, /.test(readFileSync(`app/routes/${name}`, "utf8"))),
  ).toEqual([]);
});
