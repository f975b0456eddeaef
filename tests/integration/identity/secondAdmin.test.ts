import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { roleChanges } from "~/domain/audit/roleChanges.server";
import { runChecks } from "~/domain/checks.server";
import { disableAccount } from "~/domain/identity/closeAccount.server";
import { acceptInvitation, inviteStaff } from "~/domain/identity/invitations.server";
import { loadActor } from "~/domain/identity/queries.server";
import { decideRoleProposal, waitingRoles } from "~/domain/identity/roleProposals.server";
import { grantRole, revokeRole, rolePlacesOf } from "~/domain/identity/roles.server";
import { GrantRoleInput } from "~/domain/identity/roleSchemas";
import { holds } from "~/domain/kernel/actor";
import { violatedConstraint } from "~db/client";
import { appUsers, roleGrants } from "~db/schema/identity";
import { charities, organisations } from "~db/schema/organisations";
import { servicePoints, towns } from "~db/schema/reference";
import { PASSWORD, sentLink, somebody } from "../../factories/accounts";
import { aPerson } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const anAdmin = (world: World) => aPerson(world, { role: "admin", scope: { kind: "city" } });
const wrong = async (world: World) => (await runChecks(world.db)).flatMap((check) => check.wrong);
const operatorFor = (email: string) => GrantRoleInput.parse({ email, role: "operator", where: "city" });

async function proposed(world: World) {
  const [one, two] = [await anAdmin(world), await anAdmin(world)];
  const person = await somebody(world, "要当干事的人");
  expect(await grantRole(world.as(one), operatorFor(person.email))).toBe("proposed");
  const id = (await waitingRoles(world.as(two))).find(({ email }) => email === person.email)?.id ?? "";
  const isOperator = async () => holds(await loadActor(world.db, person.userId), "operator");
  return { one, two, person, id, isOperator };
}

test("a role that moves money or gives roles holds once a second admin agreed; other roles hold at once", async ({
  db,
}) => {
  const world = aWorld(db);
  const { one, two, person, id, isOperator } = await proposed(world);
  expect(await isOperator()).toBe(false);
  expect(
    await grantRole(
      world.as(one),
      GrantRoleInput.parse({ email: person.email, role: "auditor", where: "city" }),
    ),
  ).toBe("given");
  await expect(grantRole(world.as(two), operatorFor(person.email))).rejects.toMatchObject({
    code: "ROLE_WAITS",
  });
  expect((await waitingRoles(world.as(one))).find((row) => row.id === id)?.may).toBe("withdraw");
  await expect(decideRoleProposal(world.as(one), id, "approve")).rejects.toMatchObject({ code: "FOUR_EYES" });
  await expect(decideRoleProposal(world.as(two), id, "withdraw")).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  for (const stranger of [person, await aPerson(world, { role: "operator", scope: { kind: "city" } })])
    await expect(decideRoleProposal(world.as(stranger), id, "approve")).rejects.toMatchObject({
      code: "NOT_ALLOWED",
    });
  const both = await Promise.allSettled([
    decideRoleProposal(world.as(two), id, "approve"),
    decideRoleProposal(world.as(two), id, "reject"),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const approved = both[0].status === "fulfilled";
  expect(await isOperator()).toBe(approved);
  await expect(decideRoleProposal(world.as(two), id, "approve")).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  expect(await wrong(world)).toEqual([]);
});

test("a role that holds already is proposed to nobody once more", async ({ db }) => {
  const world = aWorld(db);
  const { one, two, person, id } = await proposed(world);
  await decideRoleProposal(world.as(two), id, "approve");
  expect(await grantRole(world.as(two), operatorFor(person.email))).toBe("given");
  expect((await waitingRoles(world.as(one))).filter(({ email }) => email === person.email)).toEqual([]);
  expect(await wrong(world)).toEqual([]);
});

test("whoever is to get the role decides nothing, not even as an admin; what was taken back or refused gives nothing", async ({
  db,
}) => {
  const world = aWorld(db);
  const [one, two] = [await anAdmin(world), await anAdmin(world)];
  const [{ email } = { email: "" }] = await db
    .select({ email: appUsers.email })
    .from(appUsers)
    .where(eq(appUsers.id, two.userId));
  await grantRole(world.as(one), operatorFor(email ?? ""));
  const id = (await waitingRoles(world.as(one))).find((row) => row.email === email)?.id ?? "";
  expect((await waitingRoles(world.as(two))).find((row) => row.id === id)?.may).toBe("nothing");
  await expect(decideRoleProposal(world.as(two), id, "approve")).rejects.toMatchObject({ code: "FOUR_EYES" });
  await decideRoleProposal(world.as(one), id, "withdraw");
  await grantRole(world.as(one), operatorFor(email ?? ""));
  const again = (await waitingRoles(world.as(one))).find((row) => row.email === email)?.id ?? "";
  await decideRoleProposal(world.as(await anAdmin(world)), again, "reject");
  expect(holds(await loadActor(db, two.userId), "operator")).toBe(false);
  expect(await wrong(world)).toEqual([]);
});

test("a proposal dies with its proposer's role, and with the account that it is for", async ({ db }) => {
  const world = aWorld(db);
  const first = await proposed(world);
  const [grant] = await db
    .select({ id: roleGrants.id })
    .from(roleGrants)
    .where(and(eq(roleGrants.userId, first.one.userId), eq(roleGrants.role, "admin")));
  await revokeRole(world.as(first.two), grant?.id ?? "");
  await expect(decideRoleProposal(world.as(first.two), first.id, "approve")).rejects.toMatchObject({
    code: "CHANGED_MEANWHILE",
  });
  expect(await first.isOperator()).toBe(false);
  const second = await proposed(world);
  await disableAccount(world.as(second.two), second.person.userId, "suspicious");
  await expect(decideRoleProposal(world.as(second.two), second.id, "approve")).rejects.toMatchObject({
    code: "CHANGED_MEANWHILE",
  });
  await decideRoleProposal(world.as(second.two), second.id, "reject");
});

test("an invitation to such a role waits for the second admin too", async ({ db }) => {
  const world = aWorld(db);
  const [one, two] = [await anAdmin(world), await anAdmin(world)];
  await inviteStaff(world.as(one), {
    email: "second-pair@example.org",
    role: "admin",
    where: { kind: "city" },
  });
  const token = await sentLink(world, "invited", "second-pair@example.org");
  const { userId } = await acceptInvitation(world.as({ kind: "visitor" }), token, {
    displayName: "新管理员",
    newPassword: PASSWORD,
  });
  expect(holds(await loadActor(db, userId), "admin")).toBe(false);
  const id =
    (await waitingRoles(world.as(two))).find(({ email }) => email === "second-pair@example.org")?.id ?? "";
  await expect(decideRoleProposal(world.as(one), id, "approve")).rejects.toMatchObject({ code: "FOUR_EYES" });
  await decideRoleProposal(world.as(two), id, "approve");
  expect(holds(await loadActor(db, userId), "admin")).toBe(true);
  expect(await wrong(world)).toEqual([]);
});

test("the database itself refuses such a role without a second admin, and the auditor reads who gave what to whom", async ({
  db,
}) => {
  const world = aWorld(db);
  const { one, two, person, id } = await proposed(world);
  const row = {
    id: world.system.newId(),
    userId: person.userId,
    role: "operator",
    scopeKind: "city",
    grantedBy: one.userId,
    grantedAt: world.clock.now(),
  } as const;
  for (const approvedBy of [null, one.userId, person.userId]) {
    const refused = await db
      .insert(roleGrants)
      .values({ ...row, approvedBy })
      .then(() => "taken", violatedConstraint);
    expect(refused).toBe(approvedBy === null ? "role_grant_second_admin" : "role_grant_approved_apart");
  }

  await decideRoleProposal(world.as(two), id, "approve");
  const auditor = world.as(await aPerson(world, { role: "auditor", scope: { kind: "city" } }));
  const { rows } = await roleChanges(auditor);
  const about = rows.filter(({ whose }) => whose === "要当干事的人");
  expect(about.map(({ event, actor, role, scopeKind }) => [event, actor, role, scopeKind])).toEqual([
    ["role.grant", one.displayName, "operator", "city"],
    ["role_proposal.approve", two.displayName, "operator", "city"],
    ["role_proposal.propose", one.displayName, "operator", "city"],
  ]);
  expect((await roleChanges(auditor, rows.at(0)?.id)).rows[0]?.id).toBe(rows[1]?.id);
  for (const stranger of [person, await aPerson(world, { role: "operator", scope: { kind: "city" } })])
    await expect(roleChanges(world.as(stranger))).rejects.toMatchObject({ code: "NOT_ALLOWED" });
});

test("the places of roles are every town, point, organisation and charity, each once, under what a role is given for", async ({
  db,
}) => {
  const world = aWorld(db);
  const places = await rolePlacesOf(world.system);
  const of = (kind: string) => places.filter(({ where }) => where.startsWith(`${kind}:`)).length;
  expect(of("town")).toBe(await db.$count(towns));
  expect(of("point")).toBe(await db.$count(servicePoints));
  expect(of("organisation")).toBe(await db.$count(organisations));
  expect(of("charity")).toBe(await db.$count(charities));
  expect(new Set(places.map(({ where }) => where)).size).toBe(places.length);

  const person = await somebody(world, "要当社工的人");
  const [town] = places;
  if (!town) throw new Error("no town");
  const input = GrantRoleInput.parse({ email: person.email, role: "caseworker", where: town.where });
  await grantRole(world.as(await anAdmin(world)), input);
  const actor = await loadActor(db, person.userId);
  expect(actor.kind === "user" && actor.grants.map(({ role, scope }) => [role, scope])).toContainEqual([
    "caseworker",
    { kind: "town", id: town.where.slice("town:".length) },
  ]);
});
