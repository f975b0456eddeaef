import type { UserActor } from "~/domain/kernel/actor";
import { addItem } from "~/domain/lists/desk/addItem.server";
import { editRule } from "~/domain/lists/desk/editRule.server";
import { AddItemInput } from "~/domain/lists/desk/itemSchemas";
import { openEdition } from "~/domain/lists/desk/openRule.server";
import { RULE_EDITS } from "~/domain/lists/desk/ruleSchemas";
import { publishItem } from "~/domain/lists/desk/standItem.server";
import { startRule } from "~/domain/lists/desk/startRule.server";
import type { World } from "../support/world";

let next = 900;

/** What the form of a new entry sends. Say only what your test is about. */
export const anItemInput = (world: World, more: Readonly<Record<string, unknown>> = {}): AddItemInput =>
  AddItemInput.parse({
    code: `TT${next++}`,
    list: "social",
    category: "为老服务",
    name: "上门理发",
    targetGroup: "行动不便的老人",
    content: "志愿者每月上门理发一次",
    provider: "镇街社工站",
    requestKey: world.system.newId(),
    ...more,
  });

/** A published item whose rule says "ask". */
export async function aPublishedItem(
  world: World,
  keeper: UserActor,
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { code } = await addItem(world.as(keeper), anItemInput(world, more));
  await publishItem(world.as(keeper), code);
  return code;
}

/** One step in the editor of the entry's draft, on the draft as it stands. */
export async function aStep(
  world: World,
  keeper: UserActor,
  code: string,
  step: Readonly<Record<string, unknown>> & { intent: keyof typeof RULE_EDITS },
): Promise<void> {
  const version = (await openEdition(world.db, code))?.version ?? 0;
  await editRule(world.as(keeper), code, RULE_EDITS[step.intent].parse({ ...step, version }));
}

/** A draft "lives alone", with a likely and a not among its examples: all pass. */
export async function aDraftThatPasses(world: World, keeper: UserActor, code: string): Promise<void> {
  await startRule(world.as(keeper), code);
  await aStep(world, keeper, code, { intent: "add", fact: "livesAlone", is: "yes" });
  await aStep(world, keeper, code, {
    intent: "addCase",
    name: "一个人住",
    expect: "likely",
    household: { livesAlone: "yes" },
    everybody: "yes",
  });
  await aStep(world, keeper, code, {
    intent: "addCase",
    name: "和家人住",
    expect: "not",
    household: { livesAlone: "no" },
    everybody: "yes",
  });
}

export const versionOf = async (world: World, code: string): Promise<number> =>
  (await openEdition(world.db, code))?.version ?? 0;
