import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { draftOrganisationNeed } from "~/domain/needs/draftOrganisationNeed.server";
import { organisationPage } from "~/domain/trace/organisationPage.server";
import { organisations } from "~db/schema/organisations";
import {
  anOrganisation,
  anOrganisationNeed,
  aPublishedOrganisationNeed,
} from "../../factories/organisationNeeds";
import { test } from "../../support/payments";

test("the page of an organisation shows its registration and what it asked for in public, and nothing of what waits inside", async ({
  world,
}) => {
  const visitor = world.as({ kind: "visitor" });
  const { organisation, member } = await anOrganisation(world);
  const { creditCode, id } = organisation;
  const editor = await member("org_editor");
  expect(await organisationPage(visitor, creditCode)).toMatchObject({ waiting: [], done: [] });

  const { code } = await aPublishedOrganisationNeed(world, editor, id);
  await draftOrganisationNeed(world.as(editor), anOrganisationNeed(world, id, { title: "还没提交的事" }));
  const page = await organisationPage(visitor, creditCode);
  expect(page.waiting.map((need) => need.code)).toEqual([code]);
  expect(page.organisation).toMatchObject({ creditCode, certified: true });
  expect(
    JSON.stringify(page, (_key, value: unknown) => (typeof value === "bigint" ? Number(value) : value)),
  ).not.toMatch(/还没提交的事|contactPhone/);

  await expect(organisationPage(visitor, "52440000MJ000000XX")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await world.db.update(organisations).set({ state: "applied" }).where(eq(organisations.id, id));
  await expect(organisationPage(visitor, creditCode)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
