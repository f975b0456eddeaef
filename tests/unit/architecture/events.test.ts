import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { EVENTS, type JournalEvent } from "~/domain/kernel/journal/events";
import { transition } from "~/domain/kernel/transition.server";
import { ALL_MACHINES } from "~/domain/machines.server";
import { NEED } from "~/domain/needs/machine.server";
import { states } from "../../../scripts/states";

/** Where the event of a call stands, by what is called. */
const PLACE_OF_EVENT: Readonly<Record<string, number>> = {
  transition: 4,
  transitionAll: 3,
  recordBirths: 3,
  recordBirth: 4,
};

function programOfApp(): ts.Program {
  const { config } = ts.readConfigFile("tsconfig.json", (file) => ts.sys.readFile(file)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const files = ts.sys.readDirectory("app", [".ts"]);
  return ts.createProgram(
    [...files, "env.d.ts"].filter((file) => ts.sys.fileExists(file)),
    {
      ...options,
      noEmit: true,
    },
  );
}

/** The texts that something may be, or none where it may be any. */
const textsOf = (type: ts.Type): string[] =>
  (type.isUnion() ? type.types : [type]).flatMap((each) => (each.isStringLiteral() ? [each.value] : []));

/**
 * Every event that some line of the domain may write, and every machine that is told there, by their types.
 */
function madeByTheDomain(): { events: Set<string>; machines: Set<string> } {
  const program = programOfApp();
  const checker = program.getTypeChecker();
  const events = new Set<string>();
  const machines = new Set<string>();
  const entitiesOf = (node: ts.Expression): string[] => {
    const entity = checker.getTypeAtLocation(node).getProperty("entity");
    return entity ? textsOf(checker.getTypeOfSymbolAtLocation(entity, node)) : [];
  };

  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const called = node.expression.text;
      if (called === "machine") for (const entity of entitiesOf(node)) machines.add(entity);
      const event = node.arguments[PLACE_OF_EVENT[called] ?? -1];
      const [, , machine] = node.arguments;
      if (event && machine)
        for (const entity of entitiesOf(machine))
          for (const text of textsOf(checker.getTypeAtLocation(event))) events.add(`${entity}.${text}`);
    }

    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === "event")
      for (const text of textsOf(checker.getTypeAtLocation(node.initializer))) events.add(text);
    ts.forEachChild(node, visit);
  };

  for (const file of program.getSourceFiles())
    if (
      path.relative("app", file.fileName).startsWith("domain") &&
      !file.fileName.endsWith("kernel/transition.server.ts")
    )
      visit(file);
  return { events, machines };
}

const known = Object.entries(EVENTS).flatMap(([of, names]) => names.map((name) => `${of}.${name}`));

test(
  "every event in the list is made somewhere, and every machine is among all of them",
  { timeout: 120_000 },
  () => {
    const { events, machines } = madeByTheDomain();
    expect(known.filter((event) => !events.has(event))).toEqual([]);
    expect([...machines].toSorted()).toEqual(ALL_MACHINES.map(({ entity }) => entity).toSorted());
  },
);

test("no event stands in the list twice", () => {
  expect(new Set<string>(known).size).toBe(known.length);
});

test("docs/states.md draws every machine as it is", () => {
  expect(readFileSync("docs/states.md", "utf8"), "run npm run states").toBe(states());
});

test("the journal's events are told by their names alone", () => {
  const event: JournalEvent = "pledge.confirm";
  // @ts-expect-error: nothing of this name happens to a promise
  const unknown: JournalEvent = "pledge.vanish";
  expect([event, unknown].map((name) => known.includes(name))).toEqual([true, false]);
});

test("a step that a state does not have does not compile", () => {
  type Submitted = Readonly<{ id: string; state: "submitted"; version: number }>;
  const steps = {
    verify: (tx: Transaction, ctx: UseCaseContext, need: Submitted) =>
      transition(tx, ctx, NEED, need, "verify", { by: "town_reviewer" }),
    publish: (tx: Transaction, ctx: UseCaseContext, need: Submitted) =>
      // @ts-expect-error: nothing is published that nobody verified
      transition(tx, ctx, NEED, need, "publish", { by: "operator" }),
    vanish: (tx: Transaction, ctx: UseCaseContext, need: Submitted) =>
      // @ts-expect-error: no need ever vanishes
      transition(tx, ctx, NEED, need, "vanish", { by: "operator" }),
  };
  expect(Object.keys(steps)).toHaveLength(3);
});
