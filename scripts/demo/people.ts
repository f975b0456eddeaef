import { addStaff, verifyCompany } from "~/domain/identity/accounts.server";
import { loadActor } from "~/domain/identity/queries.server";
import { addDonor } from "~/domain/identity/signUp.server";
import type { Scope, UserActor } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import type { Role } from "~db/schema/identity";
import { servicePoints, towns } from "~db/schema/reference";

export type Cast = Readonly<
  Record<
    | "caseworker"
    | "colleague"
    | "reviewer"
    | "operator"
    | "secondOperator"
    | "storekeeper"
    | "courier"
    | "finance"
    | "secondFinance"
    | "auditor"
    | "admin"
    | "secondAdmin"
    | "orgEditor"
    | "donor"
    | "secondDonor"
    | "company",
    UserActor
  >
>;

/** The people of the demo, plainly made up; in the demo one team serves all towns. */
export async function makeCast(
  ctx: UseCaseContext,
  { charityId, organisationId }: { charityId: string; organisationId: string },
): Promise<Cast> {
  const townRows = await ctx.db.select({ code: towns.code }).from(towns);
  const points = await ctx.db.select({ id: servicePoints.id }).from(servicePoints);
  const everyTown = (role: Role) =>
    townRows.map(({ code }) => ({ role, scope: { kind: "town", id: code } satisfies Scope }));
  const everyPoint = (role: Role) =>
    points.map(({ id }) => ({ role, scope: { kind: "point", id } satisfies Scope }));
  const inCity = (role: Role) => [{ role, scope: { kind: "city" } satisfies Scope }];
  const atCharity = [{ role: "finance" as const, scope: { kind: "charity", id: charityId } satisfies Scope }];
  const staff = async (
    email: string,
    displayName: string,
    roles: readonly { role: Role; scope: Scope }[],
  ) => {
    const { userId } = await addStaff(ctx, {
      email: `${email}@example.org`,
      displayName,
      password: undefined,
      roles,
    });
    return asActor(ctx, userId);
  };

  const giver = async (email: string, displayName: string, kind: "person" | "company") => {
    const { userId } = await addDonor(ctx, {
      email: `${email}@example.org`,
      displayName,
      kind,
      password: `demo ${email} ${ctx.newId()}`,
      realName: displayName,
    });
    return userId;
  };

  const operator = await staff("operator1", "何干事（演示）", inCity("operator"));
  const company = await giver("company", "演示制造有限公司（虚构）", "company");
  await verifyCompany({ ...ctx, actor: operator }, company);
  return {
    donor: await asActor(ctx, await giver("donor1", "爱心人士甲（演示）", "person")),
    secondDonor: await asActor(ctx, await giver("donor2", "爱心人士乙（演示）", "person")),
    company: await asActor(ctx, company),
    caseworker: await staff("caseworker1", "方社工（演示）", everyTown("caseworker")),
    colleague: await staff("caseworker2", "莫社工（演示）", everyTown("caseworker")),
    reviewer: await staff("reviewer", "关审核员（演示）", everyTown("town_reviewer")),
    operator,
    secondOperator: await staff("operator2", "麦干事（演示）", inCity("operator")),
    storekeeper: await staff("storekeeper", "黎库管（演示）", everyPoint("storekeeper")),
    courier: await staff("courier", "阿杰志愿者（演示）", inCity("courier")),
    finance: await staff("finance1", "俞会计（演示）", atCharity),
    secondFinance: await staff("finance2", "卓会计（演示）", atCharity),
    auditor: await staff("auditor", "霍审计（演示）", inCity("auditor")),
    admin: await staff("admin", "管理员（演示）", inCity("admin")),
    secondAdmin: await staff("admin2", "欧主管（演示）", inCity("admin")),
    orgEditor: await staff("organisation", "社工中心编辑（演示）", [
      { role: "org_editor", scope: { kind: "organisation", id: organisationId } },
    ]),
  };
}

async function asActor(ctx: UseCaseContext, userId: string): Promise<UserActor> {
  const actor = await loadActor(ctx.db, userId);
  if (actor.kind !== "user") throw new Error("the demo's person is missing");
  return actor;
}
