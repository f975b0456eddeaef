import type { Page } from "@playwright/test";
import { connectToPortal, cookieOf, newcomer } from "../support/portalDatabase";
import { openRecordOfGift } from "./steps/gift";
import { ask } from "./steps/rows";
import { expect, expectNoBarriers, expectNoOverflow, test } from "./support";

type Parcel = Readonly<{
  id: string;
  point: string;
  recorder: string;
  shall: string;
  late: string;
  gift: string;
  donor: string;
}>;

const local = (moment: string) => `to_char((${moment}) at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI')`;

/** Signs the page in as somebody, and then as somebody else. */
const becoming =
  (page: Page, connection: ReturnType<typeof connectToPortal>, baseURL: string | undefined) =>
  async (userId: string) => {
    const [name = "", value = ""] = (await cookieOf(connection, userId)).split("=");
    await page.context().addCookies([{ name, value, url: baseURL ?? "" }]);
  };

test("a colleague of the store puts the moment of a parcel right; who wrote it down cannot, and the donor reads both", async ({
  page,
  baseURL,
}) => {
  const [parcel] = await ask<Parcel>(`
    select p.id, p.point_id as point, p.received_by as recorder, ${local("p.occurred_at - interval '2 minutes'")} as shall, ${local("i.occurred_at + interval '5 minutes'")} as late,
      g.code as gift, g.donor_id as donor
    from parcel p join inspection i on i.parcel_id = p.id join pledge l on l.id = p.pledge_id join gift g on g.id = l.gift_id
    where p.occurred_at > l.created_at + interval '5 minutes' and p.occurred_at > now() - interval '20 days' order by p.created_at desc limit 1`);
  if (!parcel) throw new Error("the demo has no parcel");
  const connection = connectToPortal();
  const colleague = await newcomer(connection, {
    role: "storekeeper",
    scope: { kind: "point", id: parcel.point },
  });
  const become = becoming(page, connection, baseURL);
  const counted = page
    .locator("details")
    .filter({ has: page.locator('input[name="step"][value="counted"]') });

  await become(parcel.recorder);
  await page.goto(`/point/inspect/${parcel.id}`);
  await page.locator("summary", { hasText: "更正时间：清点" }).click();
  await expect(page.getByText("请同事来更正时间").first()).toBeVisible();

  await become(colleague);
  await page.goto(`/point/inspect/${parcel.id}`);
  await counted.locator("summary").click();
  await counted.locator('input[name="shall"]').fill(parcel.late);
  await counted.locator('select[name="reason"]').selectOption("typed_wrong");
  await counted.locator('button[value="correctMoment"]').click();
  await expect(counted.getByText("应不晚于下一步发生的时间")).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await counted.locator('input[name="shall"]').fill(parcel.shall);
  await counted.locator('button[value="correctMoment"]').click();
  await expect(page.getByText("时间已更正。")).toBeVisible();

  await become(parcel.donor);
  await page.goto(`/gifts/${parcel.gift}`);
  await openRecordOfGift(page);
  await expect(page.getByText("更正时间", { exact: true })).toBeVisible();
  await expect(page.getByText(/原记 .*，应为 .*/)).toBeVisible();
  await connection.close();
});

test("another person of a charity's finance puts the day of a voucher right; who wrote it down is told to ask, and nobody of the city can", async ({
  page,
  baseURL,
}) => {
  const [voucher] = await ask<{
    id: string;
    recorder: string;
    charity: string;
    code: string;
    shall: string;
    early: string;
  }>(`
    select s.id, s.recorded_by as recorder, p.charity_id as charity, s.code, ${local("s.spent_on - interval '3 minutes'")} as shall, ${local("s.recorded_at_paid - interval '2 hours'")} as early
    from (select s.*, (select max(c.paid_at) from spending_share h join checkout c on c.pledge_id = h.pledge_id where h.spending_id = s.id and c.state = 'paid') as recorded_at_paid from spending s) s
    join programme p on p.id = s.programme_id where s.state = 'approved' limit 1`);
  if (!voucher) throw new Error("the demo has no spending");
  const connection = connectToPortal();
  const colleague = await newcomer(connection, {
    role: "finance",
    scope: { kind: "charity", id: voucher.charity },
  });
  const operator = await newcomer(connection, { role: "operator", scope: { kind: "city" } });
  const become = becoming(page, connection, baseURL);
  const spent = page
    .getByRole("listitem")
    .filter({ hasText: voucher.code })
    .locator("details")
    .filter({ hasText: "更正时间：支出" });

  await become(voucher.recorder);
  await page.goto("/finance");
  await spent.locator("summary").click();
  await expect(spent.getByText("请同事来更正时间")).toBeVisible();

  await become(colleague);
  await page.goto("/finance");
  await spent.locator("summary").click();
  await spent.locator('input[name="shall"]').fill(voucher.early);
  await spent.locator('select[name="reason"]').selectOption("wrong_day");
  await spent.locator('button[value="correctMoment"]').click();
  await expect(spent.getByText(/不能早于上一步/)).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  const sent = {
    intent: "correctMoment",
    step: "spent",
    id: voucher.id,
    shall: voucher.shall,
    reason: "wrong_day",
    requestKey: crypto.randomUUID(),
    was: await spent.locator('input[name="was"]').inputValue(),
  };
  await become(operator);
  expect(
    (
      await page.request.post("/finance", { headers: { origin: baseURL ?? "" }, form: sent, maxRedirects: 0 })
    ).status(),
  ).toBe(403);
  await become(colleague);
  await page.goto("/finance");
  await spent.locator("summary").click();
  await spent.locator('input[name="shall"]').fill(voucher.shall);
  await spent.locator('select[name="reason"]').selectOption("wrong_day");
  await spent.locator('button[value="correctMoment"]').click();
  await expect(page.getByText("时间已更正。")).toBeVisible();
  const [now] = await ask<{ at: string }>(
    `select ${local("spent_on")} as at from spending where id = '${voucher.id}'`,
  );
  expect(now?.at).toBe(voucher.shall);
  await connection.close();
});

/** The form of one moment on a page. */
const momentForm = (page: Page, step: string) =>
  page.locator("details").filter({ has: page.locator(`input[name="step"][value="${step}"]`) });

/** Opens a moment's form, says when it really was, and sends it. */
async function putRight(page: Page, step: string, shall: string): Promise<void> {
  const form = momentForm(page, step).first();
  if (!(await form.evaluate((details) => details.hasAttribute("open"))))
    await form.locator("summary").click();
  await form.locator('input[name="shall"]').fill(shall);
  await form.locator('select[name="reason"]').selectOption("wrong_day");
  await form.locator('button[value="correctMoment"]').click();
}

test("what a town wrote down (a recipient's request, a visit, a step of a referral) is put right by a colleague; another town's real post is refused", async ({
  page,
  baseURL,
}) => {
  const [known] = await ask<{
    household: string;
    need: string;
    town: string;
    elsewhere: string;
    earlier: string;
    late: string;
  }>(`
    select n.household_id as household, n.id as need, n.town_code as town, (select t.code from town t where t.code <> n.town_code order by t.code limit 1) as elsewhere,
      ${local("j.occurred_at - interval '3 minutes'")} as earlier, ${local("now() + interval '2 minutes'")} as late
    from need n join household h on h.id = n.household_id join journal j on j.entity = 'need' and j.entity_id = n.id and j.event = 'need.draft'
    where n.kind = 'wish' and n.state = 'published' and h.erased_at is null and j.occurred_at > now() - interval '60 days'
      and not exists (select 1 from journal e where e.entity = 'need' and e.entity_id = n.id and e.event = 'need.edit') order by n.id limit 1`);
  if (!known) throw new Error("the demo has no wish");
  const connection = connectToPortal();
  const inTown = (id: string) => newcomer(connection, { role: "caseworker", scope: { kind: "town", id } });
  const [recorder, colleague, stranger] = [
    await inTown(known.town),
    await inTown(known.town),
    await inTown(known.elsewhere),
  ];
  const become = becoming(page, connection, baseURL);
  const headers = { origin: baseURL ?? "" };
  const household = `/households/${known.household}`;

  await become(recorder);
  const [now] = await ask<{ at: string; before: string }>(
    `select ${local("now()")} as at, ${local("now() - interval '3 days'")} as before`,
  );
  const asked = {
    intent: "request",
    kind: "correct",
    needId: "",
    words: "电话不对",
    occurredAt: now?.at ?? "",
    requestKey: crypto.randomUUID(),
  };
  expect((await page.request.post(household, { headers, form: asked, maxRedirects: 0 })).status()).toBe(302);
  await page.goto(household);
  await page.locator("summary", { hasText: "更正时间：本人提出" }).first().click();
  await expect(page.getByText("请同事来更正时间").first()).toBeVisible();

  await become(colleague);
  await page.goto(household);
  await momentForm(page, "asked").first().locator("summary").click();
  const sent = {
    intent: "correctMoment",
    step: "asked",
    id: (await momentForm(page, "asked").first().locator('input[name="id"]').inputValue()) || "",
    was: (await momentForm(page, "asked").first().locator('input[name="was"]').inputValue()) || "",
    shall: now?.before ?? "",
    reason: "wrong_day",
    requestKey: crypto.randomUUID(),
  };
  await become(stranger);
  // Real ids, from the page of a town that they have no part in: neither that page nor one of their own takes
  // them.
  expect((await page.request.post(household, { headers, form: sent, maxRedirects: 0 })).status()).toBe(404);
  expect((await page.request.post("/services", { headers, form: sent, maxRedirects: 0 })).status()).toBe(404);
  await become(colleague);
  await page.goto(household);
  await putRight(page, "asked", known.late);
  await expect(momentForm(page, "asked").first().getByText("时间不能晚于现在")).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await putRight(page, "asked", now?.before ?? "");
  await expect(page.getByText("时间已更正。")).toBeVisible();
  await expect(page.getByText(/更正了时间：原记 .*，应为 .*记错了日子/)).toBeVisible();

  await page.goto(`/field/wishes/${known.need}`);
  await putRight(page, "visited", known.earlier);
  await expect(page.getByText("时间已更正。")).toBeVisible();
  await expect(page.getByText(/更正了时间：原记 .*，应为 /)).toBeVisible();
  await expectNoOverflow(page);

  const [step] = await ask<{ referral: string; entry: string; town: string; shall: string }>(`
    select r.id as referral, j.id as entry, r.town_code as town, ${local("j.occurred_at - (j.occurred_at - p.occurred_at) / 2")} as shall
    from referral r join journal j on j.entity = 'referral' and j.entity_id = r.id and j.event = 'referral.accept'
    join lateral (select occurred_at from journal p where p.entity = 'referral' and p.entity_id = r.id and p.entity_version < j.entity_version and p.from_state is distinct from p.to_state order by p.entity_version desc limit 1) p on true
    where j.occurred_at - p.occurred_at > interval '10 minutes' limit 1`);
  if (!step) throw new Error("the demo has no referral with a way");
  await become(await inTown(step.town));
  // A form that is not on the page any more (somebody was faster) is answered at its top.
  const late = await page.request.post(`/field/referrals/${step.referral}`, {
    headers,
    form: { act: "help", referralId: step.referral, version: "1" },
    maxRedirects: 0,
  });
  expect([late.status(), /role="alert"[^>]*>.*?<p/s.test(await late.text())]).toEqual([409, true]);
  await page.goto(`/field/referrals/${step.referral}`);
  const form = page
    .locator("details")
    .filter({ has: page.locator(`input[name="id"][value="${step.entry}"]`) });
  await form.locator("summary").click();
  await form.locator('input[name="shall"]').fill(step.shall);
  await form.locator('select[name="reason"]').selectOption("written_later");
  await form.locator('button[value="correctMoment"]').click();
  await expect(page.getByText("时间已更正。")).toBeVisible();
  await expect(page.getByText(/更正了时间：原记 .*，应为 .*事后补记/)).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await connection.close();
});

test("what left the store stands on the page of its stock, and is put right by a colleague of that store", async ({
  page,
  baseURL,
}) => {
  const [lot] = await ask<{ lot: string; point: string; other: string; at: string; shall: string }>(`
    select s.lot_id as lot, p.id as point, (select o.id from service_point o where o.id <> p.id limit 1) as other, ${local("now()")} as at, ${local("now() - interval '1 minute'")} as shall
    from lot_stock s join service_point p on s.place = 'point:' || p.id join lot l on l.id = s.lot_id
    left join inspection i on i.id = l.inspection_id
    where s.quantity - s.reserved > (select coalesce(sum(i.quantity), 0) from delivery_item i join delivery d on d.id = i.delivery_id and d.state = 'packed' where i.lot_id = s.lot_id)
      and i.occurred_at < now() - interval '1 hour' limit 1`);
  if (!lot) throw new Error("the demo has no stock");
  const connection = connectToPortal();
  const atPoint = (id: string) => newcomer(connection, { role: "storekeeper", scope: { kind: "point", id } });
  const [recorder, colleague, stranger] = [
    await atPoint(lot.point),
    await atPoint(lot.point),
    await atPoint(lot.other),
  ];
  const become = becoming(page, connection, baseURL);
  const headers = { origin: baseURL ?? "" };
  const stock = `/point/stock?at=${lot.point}`;
  await become(recorder);
  const off = {
    lotId: lot.lot,
    pointId: lot.point,
    quantity: "1",
    reason: "damaged",
    occurredAt: lot.at,
    requestKey: crypto.randomUUID(),
  };
  expect((await page.request.post(stock, { headers, form: off, maxRedirects: 0 })).status()).toBe(302);

  await become(colleague);
  await page.goto(stock);
  const form = momentForm(page, "written_off").first();
  await form.locator("summary").click();
  const sent = {
    intent: "correctMoment",
    step: "written_off",
    id: await form.locator('input[name="id"]').inputValue(),
    was: await form.locator('input[name="was"]').inputValue(),
    shall: lot.shall,
    reason: "wrong_day",
    requestKey: crypto.randomUUID(),
  };
  for (const [userId, status] of [
    [stranger, 404],
    [recorder, 403],
  ] as const) {
    await become(userId);
    expect((await page.request.post(stock, { headers, form: sent, maxRedirects: 0 })).status()).toBe(status);
  }

  await become(colleague);
  await page.goto(stock);
  await putRight(page, "written_off", lot.shall);
  await expect(page.getByText("时间已更正。")).toBeVisible();
  await expect(page.getByText(/更正了时间：原记 .*，应为 /)).toBeVisible();
  await expectNoBarriers(page);
  await expectNoOverflow(page);
  await connection.close();
});
