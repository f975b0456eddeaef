import { asc, eq } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { openedOn } from "~/domain/kernel/opened";
import { editOrganisationNeed } from "~/domain/needs/draftOrganisationNeed.server";
import { draftWish, editDraft } from "~/domain/needs/draftWish.server";
import type { OrganisationNeedInput } from "~/domain/needs/organisationNeedSchemas";
import { publishNeed } from "~/domain/needs/publishNeed.server";
import { approveOverCap, verifyNeed } from "~/domain/needs/reviewNeed.server";
import type { KnownWishInput, WishInput } from "~/domain/needs/schemas";
import { submitNeed } from "~/domain/needs/submitNeed.server";
import { draftVersions } from "~/domain/needs/unfinished.server";
import { needLines } from "~db/schema/needs";
import type { World } from "../support/world";
import { SHIQI, type Team } from "./people";

type Line = Partial<WishInput["lines"][number]>;

export const SCHOOL_BAGS: WishInput["lines"][number] = {
  objectKind: "bag",
  item: "双肩书包",
  quantity: 2n,
  unitCode: "piece",
  unitPriceFen: 12_000n,
  details: "蓝色",
};

/** A whole wish as a caseworker files it. Say only what your test is about. */
export function aWishInput(
  world: World,
  {
    lines = [{}],
    heads = 100,
    townCode = SHIQI,
    ...rest
  }: { lines?: Line[]; heads?: number; townCode?: string } & Partial<Omit<WishInput, "lines">> = {},
): WishInput {
  return {
    household: {
      townCode,
      kind: "household",
      heads,
      groupCode: "dibao",
      ageBand: "6_to_13",
      person: { name: `演示${world.system.newId().slice(-6)}`, phone: "19900001234", address: "演示路 1 号" },
    },
    title: "新学期的书包",
    story: "书包的拉链坏了很久，盼着新学期换一个。",
    lines: lines.map((line) => ({ ...SCHOOL_BAGS, ...line })),
    visitedAt: world.clock.now(),
    consents: { scopes: ["collect", "share", "publish"], givenBy: "guardian" },
    entitlementsChecked: "yes",
    requestKey: world.system.newId(),
    ...rest,
  };
}

/** What the form of a draft is opened on now. */
export const openedDraft = async (ctx: UseCaseContext, needId: string) =>
  openedOn(...(await draftVersions(ctx.db, needId)));

/** Opened and saved at once. */
export const saveDraft = async (ctx: UseCaseContext, needId: string, input: WishInput | KnownWishInput) =>
  editDraft(ctx, needId, { ...input, version: await openedDraft(ctx, needId) });
export const saveOrganisationNeed = async (
  ctx: UseCaseContext,
  needId: string,
  input: OrganisationNeedInput,
) => editOrganisationNeed(ctx, needId, { ...input, version: await openedDraft(ctx, needId) });

/** What a caseworker types of a household that is on record. */
export function aKnownWishInput(world: World, what: Partial<KnownWishInput> = {}): KnownWishInput {
  const { household: _known, consents: _held, ...wished } = aWishInput(world);
  return { ...wished, ...what };
}

export async function aSubmittedWish(
  world: World,
  team: Team,
  what: Parameters<typeof aWishInput>[1] = {},
): Promise<{ needId: string; code: string }> {
  const filer = world.as(team.caseworker);
  const wish = await draftWish(filer, aWishInput(world, { townCode: team.point.townCode, ...what }));
  await submitNeed(filer, wish.needId, { judged: "different", gapReason: "not_covered" });
  return wish;
}

export async function aVerifiedWish(
  world: World,
  team: Team,
  what: Parameters<typeof aWishInput>[1] = {},
): Promise<{ needId: string; code: string }> {
  const wish = await aSubmittedWish(world, team, what);
  await verifyNeed(world.as(team.reviewer), wish.needId);
  if (what.overCapReason) await approveOverCap(world.as(team.secondOperator), wish.needId);
  return wish;
}

/** A published wish, carried there by the four people it takes. */
export async function aPublishedWish(world: World, team: Team, what: Parameters<typeof aWishInput>[1] = {}) {
  const wish = await aVerifiedWish(world, team, what);
  await publishNeed(world.as(team.operator), wish.needId, {
    title: what.title ?? "新学期的书包",
    story: "书包的拉链坏了很久，盼着新学期换一个。",
  });
  const lines = await world.db
    .select()
    .from(needLines)
    .where(eq(needLines.needId, wish.needId))
    .orderBy(asc(needLines.position));
  const [line] = lines;
  if (!line) throw new Error("a wish without lines");
  return { ...wish, lines, line };
}
