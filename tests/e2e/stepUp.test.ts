import { type APIRequestContext, type Browser, expect as see } from "@playwright/test";
import { eq, sql } from "drizzle-orm";
import type { Scope } from "~/domain/kernel/actor";
import { GRAVE, type GraveAct } from "~/domain/kernel/stepUp";
import { type Role, sessions } from "~db/schema/identity";
import { PasskeyDevice } from "../support/passkeyDevice";
import { connectToPortal, cookieOf, GIVEN, givePassword, newcomer } from "../support/portalDatabase";
import { fillIn, formWith, send } from "./steps/forms";
import { switchStepOn } from "./steps/secondStep";
import { expect, expectNoBarriers, expectNoOverflow, test } from "./support";

const NOWHERE = "01a00000-0000-7000-8000-000000000000";
const ASKED = "请再确认一次是您本人";
/** The page that asks, and not one that only knows the words. */
const HEADED = new RegExp(`<h1[^>]*>${ASKED}`);
const key = { requestKey: NOWHERE };

/** Every grave act as its page sends it, whole enough to be read; what it names does not exist. */
const SENT: Readonly<Record<GraveAct, Readonly<{ at: string; form?: Readonly<Record<string, string>> }>>> = {
  openRecord: { at: `/households/${NOWHERE}`, form: { reason: "entitlements" } },
  openCallBack: { at: "/call-backs", form: { intent: "open", callBackId: NOWHERE } },
  openHandedAnswers: { at: "/field/answers", form: { code: "Q0000000" } },
  grantRole: { at: "/admin/people", form: { email: "nobody@example.org", role: "auditor", where: "city" } },
  revokeRole: { at: "/admin/people", form: { intent: "revoke", grantId: NOWHERE } },
  decideRoleProposal: { at: "/admin/people", form: { intent: "approveRole", proposalId: NOWHERE } },
  inviteStaff: {
    at: "/admin/people",
    form: { intent: "invite", email: "nobody@example.org", role: "auditor", where: "city" },
  },
  disableAccount: { at: "/admin/people", form: { intent: "disable", userId: NOWHERE, reason: "suspicious" } },
  enableAccount: { at: "/admin/people", form: { intent: "enable", userId: NOWHERE } },
  decideStepReset: { at: "/admin/people", form: { intent: "approveReset", proposalId: NOWHERE } },
  proposeStepReset: {
    at: "/admin/people",
    form: { intent: "resetStep", userId: NOWHERE, stepReason: "lost_phone" },
  },
  changeLimit: { at: "/admin/limits", form: { name: "roundDays", value: "181", version: "x" } },
  decideEntry: {
    at: `/admin/organisations/${NOWHERE}`,
    form: { intent: "approve", kind: "charity_account", entryId: NOWHERE, version: "1" },
  },
  approveOverCap: { at: `/review/${NOWHERE}`, form: { intent: "approveOverCap", version: "x" } },
  settleTask: { at: "/finance", form: { intent: "settle", taskId: NOWHERE, resolution: "refunded", ...key } },
  decideRefund: { at: "/finance", form: { intent: "approveRefund", refundId: NOWHERE } },
  recordPurchase: {
    at: "/finance",
    form: {
      pledgeId: NOWHERE,
      quantity: "1",
      supplier: "某店",
      voucherNumber: "V1",
      boughtOn: "2026-01-02T10:00",
      amountFen: "12",
      ...key,
    },
  },
  decidePurchase: { at: "/finance", form: { intent: "approve", purchaseId: NOWHERE } },
  recordSpending: {
    at: "/finance",
    form: {
      intent: "spend",
      lineId: NOWHERE,
      programmeId: NOWHERE,
      payee: "某店",
      voucherNumber: "V1",
      spentOn: "2026-01-02T10:00",
      amountFen: "12",
      ...key,
    },
  },
  decideSpending: { at: "/finance", form: { intent: "approveSpending", spendingId: NOWHERE } },
  changePassword: {
    at: "/me/password",
    form: { password: "eins zwei drei vier", newPassword: "七把雨伞 借给了 八位邻居" },
  },
  askMailChange: {
    at: "/me/mail",
    form: { email: "elsewhere@example.org", password: "eins zwei drei vier" },
  },
  leave: { at: "/me/leave", form: { sure: "yes" } },
  beginSecondStep: { at: "/me/second-step", form: { intent: "begin" } },
  confirmSecondStep: { at: "/me/second-step", form: { stepCode: "000000" } },
  removeApp: { at: "/me/second-step", form: { intent: "removeApp" } },
  beginPasskey: { at: "/me/second-step", form: { intent: "beginPasskey", name: "钥匙" } },
  addPasskey: {
    at: "/me/second-step",
    form: { intent: "addPasskey", name: "钥匙", passkey: JSON.stringify(new PasskeyDevice().make("AAAA")) },
  },
  removePasskey: { at: "/me/second-step", form: { intent: "removePasskey", passkeyId: NOWHERE } },
  useOfDay: { at: "/audit/use.csv" },
};

/**
 * Somebody with these roles who has just switched the second step on, in a browser of their own; their
 * session's code can be made old.
 */
async function aColleague(
  browser: Browser,
  baseURL: string | undefined,
  ...roles: readonly Readonly<{ role: Role; scope: Scope }>[]
) {
  const portal = connectToPortal();
  const origin = baseURL ?? "";
  const userId = await newcomer(portal, ...roles);
  await givePassword(portal, userId);
  const [name = "", value = ""] = (await cookieOf(portal, userId)).split("=");
  const context = await browser.newContext({ baseURL: origin });
  await context.addCookies([{ name, value, url: origin }]);
  const page = await context.newPage();
  const { codes } = await switchStepOn(page, GIVEN);
  const grow = (hours: number) =>
    portal.db
      .update(sessions)
      .set({ steppedUpAt: sql`now() - make_interval(hours => ${hours})` })
      .where(eq(sessions.userId, userId));
  return {
    page,
    origin,
    userId,
    codes,
    grow,
    portal,
    close: () => Promise.all([context.close(), portal.close()]),
  };
}

const CITY = { kind: "city" } as const;

async function posted(request: APIRequestContext, origin: string, { at, form }: (typeof SENT)[GraveAct]) {
  const answer =
    form === undefined
      ? await request.get(at, { maxRedirects: 0 })
      : await request.post(at, { headers: { origin }, form, maxRedirects: 0 });
  return {
    status: answer.status(),
    to: answer.headers()["location"],
    asked: HEADED.test(await answer.text()),
  };
}

test("each grave act, sent straight to its address, is refused to a session whose code is old, and asks for one", async ({
  browser,
  baseURL,
}) => {
  const [town] = await (async () => {
    const portal = connectToPortal();
    const rows = await portal.db.execute<{ code: string }>(sql`select code from town limit 1`);
    await portal.close();
    return rows;
  })();
  const place = { kind: "town", id: town?.code ?? "" } as const;
  const who = await aColleague(
    browser,
    baseURL,
    ...(["admin", "auditor", "operator"] as const).map((role) => ({ role, scope: CITY })),
    { role: "finance", scope: { kind: "charity", id: NOWHERE } },
    { role: "caseworker", scope: place },
    { role: "town_reviewer", scope: place },
  );
  for (const act of Object.keys(GRAVE) as GraveAct[])
    expect({ act, asked: (await posted(who.page.request, who.origin, SENT[act])).asked }).toEqual({
      act,
      asked: false,
    });
  await who.grow(3);
  for (const act of Object.keys(GRAVE) as GraveAct[]) {
    const { status, to, asked } = await posted(who.page.request, who.origin, SENT[act]);
    expect({ act, status, to, asked }).toEqual(
      SENT[act].form === undefined
        ? { act, status: 302, to: `/step-up?back=${encodeURIComponent(SENT[act].at)}`, asked: false }
        : { act, status: 401, to: undefined, asked: true },
    );
  }

  for (const at of ["/me/password", "/me/mail", "/me/leave"])
    expect((await who.page.request.get(at, { maxRedirects: 0 })).headers()["location"]).toBe(
      `/step-up?back=${encodeURIComponent(at)}`,
    );
  await who.close();
});

test("somebody types a form, is asked for a code, and sends it after all; in the right language and on a phone", async ({
  browser,
  baseURL,
}) => {
  const who = await aColleague(browser, baseURL, { role: "admin", scope: CITY });
  const { page } = who;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/admin/people");
  await who.grow(3);
  const form = formWith(page, "email").first();
  await fillIn(form, { email: `${who.userId}@example.org`, role: "auditor", where: "city" });
  await send(form);
  await see(page.getByRole("heading", { level: 1 })).toHaveText(ASKED);
  await see(page.getByText("刚才填的都还在")).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await fillIn(formWith(page, "stepCode"), { stepCode: "000000" });
  await send(formWith(page, "stepCode"));
  await see(page.getByRole("alert").first()).toBeVisible();
  await fillIn(formWith(page, "stepCode"), { stepCode: who.codes[0] ?? "" });
  await send(formWith(page, "stepCode"));
  await see(page.getByRole("heading", { level: 1 })).toHaveText("接着提交刚才填的");
  await expectNoBarriers(page);
  await page.getByRole("button", { name: "先看一看再提交" }).click();
  await see(formWith(page, "email").first().locator("[name=email]")).toHaveValue(`${who.userId}@example.org`);
  await send(formWith(page, "email").first());
  // Nobody has this account: it was really sent.
  await see(page.getByRole("alert").first()).toBeVisible();
  await who.grow(3);
  await page.goto("/en/me/mail");
  await see(page.getByRole("heading", { level: 1 })).toHaveText("Please show once more that it is you");
  await expectNoBarriers(page);
  await fillIn(formWith(page, "stepCode"), { stepCode: who.codes[1] ?? "" });
  await send(formWith(page, "stepCode"));
  await page.waitForURL(/\/en\/me\/mail$/);
  await who.close();
});

test("the fifth wrong code signs out, and what was typed goes along", async ({ browser, baseURL }) => {
  const who = await aColleague(browser, baseURL, { role: "admin", scope: CITY });
  await who.grow(3);
  const tried = () =>
    who.page.request.post("/step-up", {
      headers: { origin: who.origin },
      form: { stepCode: "ABCD-ABCD-ABCD-ABCD", back: "/admin/people" },
      maxRedirects: 0,
    });
  for (let n = 0; n < 4; n += 1) expect((await tried()).status()).toBe(422);
  const last = await tried();
  expect([last.status(), (await last.text()).includes("验证码错了太多次")]).toEqual([401, true]);
  expect((await who.page.request.get("/me", { maxRedirects: 0 })).status()).toBe(302);
  await who.close();
});
