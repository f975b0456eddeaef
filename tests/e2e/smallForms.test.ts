import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { filesWithAction, openPlaces, placesMissing } from "./steps/places";
import { expect, test } from "./support";

/** Intents that other files add to a page. */
const SPREAD: Readonly<Record<string, readonly string[]>> = {
  correctionIntents: ["approveCorrection", "rejectCorrection", "withdrawCorrection"],
  momentIntent: ["correctMoment"],
  roleProposalIntents: ["approveRole", "rejectRole", "withdrawRole"],
  ruleEdits: ["kind", "remove", "unwrap", "wrap", "regroup", "removeCase"],
  stepResetIntents: ["approveReset", "rejectReset", "withdrawReset"],
};

/** The intents that such a file adds; one that nobody wrote down here is tried by nobody. */
function spreadBy(name: string): readonly string[] {
  const intents = SPREAD[name];
  if (intents === undefined) throw new Error(`${name} adds intents that stand in no line of this test`);
  return intents;
}

/**
 * Small forms that ask for nothing and do what their button says, and the words that are looked through as
 * far as they are written.
 */
const ASK_FOR_NOTHING = [
  "basket claim_list",
  "basket empty",
  "households/:id/sheet open",
  "lists-desk/items/:code/rule start",
  "review/:id check",
  "sign-in/code begin",
  "sign-up begin",
];
/** Right without anything: a visit has its moment only where there was one. */
const RIGHT_WHEN_EMPTY = ["review/:id verify"];

/** The intents of a route that are read by `form`, by themselves or by what makes them. */
function smallIntents(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const declared = new Map<string, string>();
  const found: string[] = [];
  const isForm = (node: ts.Expression): boolean => {
    if (ts.isIdentifier(node)) return /\bform\(/.test(declared.get(node.text) ?? "");
    return ts.isCallExpression(node) && (/\bform\(/.test(node.getText()) || isForm(node.expression));
  };

  const walk = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer && ts.isIdentifier(node.name))
      declared.set(node.name.text, node.initializer.getText());
    if (
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === "act" &&
      node.arguments[2] &&
      ts.isObjectLiteralExpression(node.arguments[2])
    ) {
      for (const property of node.arguments[2].properties) {
        if (ts.isPropertyAssignment(property) && isForm(property.initializer))
          found.push(property.name.getText());
        if (ts.isSpreadAssignment(property) && ts.isCallExpression(property.expression))
          found.push(...spreadBy(property.expression.expression.getText()));
      }
    }

    ts.forEachChild(node, walk);
  };

  walk(source);
  return found.filter((intent) => intent !== "default");
}

/** Every field of a schema that is an id or a version: what hidden fields carry. */
const hiddenFields = (): string[] => {
  const schemas = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((file) =>
    /(schemas|Schemas|[iI]nput)\.ts$|routes\/.*\.tsx$/.test(file),
  );
  return [
    ...new Set(
      schemas.flatMap((file) =>
        [
          ...readFileSync(path.join("app", file), "utf8").matchAll(
            /(\w+): (?:z\.uuid|Version|OpenedVersion|RequestKey)/g,
          ),
        ].map(([, name = ""]) => name),
      ),
    ),
  ];
};

/** What a page announces, as text. */
const alertOf = (html: string): string =>
  (/role="alert"[^>]*>(.*?)<\/(?:div|section)>/s.exec(html)?.[1] ?? "").replace(/<[^>]+>/g, "").trim();

test("every route with an action has its place", () => {
  expect(placesMissing()).toEqual([]);
});

test("a small form that says nothing, or nothing that can be read, comes back in words: never 500, never done, never without a word", async ({
  request,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { open, shut } = await openPlaces(request);
  const files = filesWithAction();
  const wrong: string[] = shut.filter(
    (route) => smallIntents(files[route.split(":")[0] ?? ""] ?? "app/routes.ts").length > 0,
  );
  let tried = 0;
  const hidden = hiddenFields();
  expect(hidden.length).toBeGreaterThan(20);
  for (const { route, at, cookie, html } of open) {
    const onPage = [...html.matchAll(/<(?:input|select|textarea)[^>]*\sname="([^"]+)"/g)].map(
      ([, name = ""]) => name,
    );
    const names = [
      ...new Set([...onPage, ...hidden, "reason", "kind", "outcome", "report", "day", "visitedAt"]),
    ].filter((name) => name !== "intent");
    for (const intent of smallIntents(files[route] ?? "")) {
      const called = `${route} ${intent}`;
      if (ASK_FOR_NOTHING.includes(called)) continue;
      const garbage = [
        "garbage",
        "01a00000-0000-7000-8000-00000000000",
        "01a00000-0000-7000-8000-000000000000\0x",
      ];
      const filled = [...(RIGHT_WHEN_EMPTY.includes(called) ? [] : [""]), ...garbage].map((typed) =>
        Object.fromEntries(names.map((name) => [name, typed])),
      );
      const asked = RIGHT_WHEN_EMPTY.includes(called) ? filled : [{}, ...filled];
      for (const form of asked) {
        tried += 1;
        const answer = await request.post(at, {
          maxRedirects: 0,
          headers: { cookie, origin: baseURL ?? "" },
          form: { ...form, intent },
        });
        const alert = alertOf(await answer.text());
        if (answer.status() < 400 || answer.status() >= 500)
          wrong.push(`${called}: ${answer.status()} for ${JSON.stringify(form).slice(0, 60)}`);
        else if (answer.status() === 422 && alert === "")
          wrong.push(`${called}: ${answer.status()} without a word for ${JSON.stringify(form).slice(0, 60)}`);
      }
    }
  }

  expect(tried).toBeGreaterThan(150);
  expect(wrong).toEqual([]);
});

test("a form that a page does not have is refused there in words, and nothing of it is done", async ({
  request,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { open } = await openPlaces(request);
  const said: string[] = [];
  for (const { route, at, cookie } of open) {
    const answer = await request.post(at, {
      maxRedirects: 0,
      headers: { cookie, origin: baseURL ?? "" },
      form: { intent: "nothing" },
    });
    const isSaid = alertOf(await answer.text()).includes("送来的不是一张能读的表格");
    if (answer.status() !== 422 || !isSaid)
      said.push(`${route}: ${answer.status()}, said: ${String(isSaid)}`);
  }

  expect(open.length).toBeGreaterThan(40);
  expect(said).toEqual([]);
});

test("what is wrong in a form is listed in the order of its page", async ({ request, baseURL }) => {
  test.setTimeout(120_000);
  const { open } = await openPlaces(request);
  const files = filesWithAction();
  const said: string[] = [];
  let listed = 0;
  for (const { route, at, cookie } of open) {
    for (const intent of ["default", ...smallIntents(files[route] ?? "")]) {
      const answer = await request.post(at, {
        maxRedirects: 0,
        headers: { cookie, origin: baseURL ?? "" },
        form: intent === "default" ? {} : { intent },
      });
      if (answer.status() !== 422) continue;
      const html = await answer.text();
      const names = [...html.matchAll(/href="#(field-[^"]+)"/g)].map(([, name = ""]) => name);
      const places = names.map((name) => html.indexOf(`id="${name}"`)).filter((place) => place >= 0);
      if (places.length > 1) listed += 1;
      if (places.some((place, index) => place < (places[index - 1] ?? 0)))
        said.push(`${route} ${intent}: ${names.join(", ")}`);
    }
  }

  expect(said).toEqual([]);
  expect(listed).toBeGreaterThan(10);
});
