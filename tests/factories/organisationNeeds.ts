import { asc, eq } from "drizzle-orm";
import type { UserActor } from "~/domain/kernel/actor";
import { draftOrganisationNeed, submitOrganisationNeed } from "~/domain/needs/draftOrganisationNeed.server";
import { OrganisationNeedInput } from "~/domain/needs/organisationNeedSchemas";
import { publishNeed } from "~/domain/needs/publishNeed.server";
import { verifyNeed } from "~/domain/needs/reviewNeed.server";
import { needLines } from "~db/schema/needs";
import { organisations } from "~db/schema/organisations";
import type { World } from "../support/world";
import { aPerson, aTeam, SHIQI } from "./people";

type OrgRole = "org_viewer" | "org_editor" | "org_manager";

/** The organisation that set-up brought along, and people of it or of another. */
export async function anOrganisation(world: World) {
  const [organisation] = await world.db
    .select()
    .from(organisations)
    .where(eq(organisations.state, "verified"));
  if (!organisation) throw new Error("no organisation");
  const member = (role: OrgRole, id = organisation.id) =>
    aPerson(world, { role, scope: { kind: "organisation", id } });
  return { organisation, member };
}

/** What its form sends: 3,000 yuan and two tool bags. */
export const anOrganisationNeed = (
  world: World,
  organisationId: string,
  rest: Record<string, unknown> = {},
) =>
  OrganisationNeedInput.parse({
    organisationId,
    townCode: SHIQI,
    title: "给独居老人家里装扶手",
    story: "卫生间地滑，为二十户独居老人各装一副扶手。",
    moneyFor: "上门安装的人工",
    moneyFen: "3000",
    lines: [{ objectKind: "bag", item: "工具包", quantity: "2", unitCode: "piece", unitPriceFen: "150" }],
    requestKey: world.system.newId(),
    ...rest,
  });

/** A published need of an organisation, carried there by its editor and two operators. */
export async function aPublishedOrganisationNeed(
  world: World,
  editor: UserActor,
  organisationId: string,
  rest: Record<string, unknown> = {},
) {
  const team = await aTeam(world);
  const { needId, code } = await draftOrganisationNeed(
    world.as(editor),
    anOrganisationNeed(world, organisationId, rest),
  );
  await submitOrganisationNeed(world.as(editor), needId);
  await verifyNeed(world.as(team.operator), needId);
  await publishNeed(world.as(team.secondOperator), needId, {
    title: "给独居老人家里装扶手",
    story: "为独居老人各装一副扶手。",
  });
  const lines = await world.db
    .select()
    .from(needLines)
    .where(eq(needLines.needId, needId))
    .orderBy(asc(needLines.position));
  const [money, thing] = lines;
  if (!money) throw new Error("no money line");
  return { team, needId, code, money, thing };
}
