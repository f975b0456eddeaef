import { cookieOf, connectToPortal, newcomer } from "../support/portalDatabase";
import { ask } from "./steps/rows";
import { expect, expectNoBarriers, expectNoOverflow, test } from "./support";

type Parcel = Readonly<{ id: string; point: string; recorder: string; shall: string; late: string; gift: string; donor: string }>;

const local = (moment: string) => `to_char((${moment}) at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI')`;

test("a colleague of the store puts the moment of a parcel right; who wrote it down cannot, and the donor reads both", async ({ page, baseURL }) => {
  const [parcel] = await ask<Parcel>(`
    select p.id, p.point_id as point, p.received_by as recorder, ${local("p.occurred_at - interval '2 minutes'")} as shall, ${local("i.occurred_at + interval '5 minutes'")} as late,
      g.code as gift, g.donor_id as donor
    from parcel p join inspection i on i.parcel_id = p.id join pledge l on l.id = p.pledge_id join gift g on g.id = l.gift_id
    where p.occurred_at > l.created_at + interval '5 minutes' and p.occurred_at > now() - interval '20 days' order by p.created_at desc limit 1`);
  if (!parcel) throw new Error("the demo has no parcel");
  const connection = connectToPortal();
  const colleague = await newcomer(connection, { role: "storekeeper", scope: { kind: "point", id: parcel.point } });
  const become = async (userId: string) => {
    const [name = "", value = ""] = (await cookieOf(connection, userId)).split("=");
    await page.context().addCookies([{ name, value, url: baseURL ?? "" }]);
  };
  const counted = page.locator("details").filter({ has: page.locator('input[name="step"][value="counted"]') });

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
  await expect(page.getByText("更正时间", { exact: true })).toBeVisible();
  await expect(page.getByText(/原记 .*，应为 .*/)).toBeVisible();
  await connection.close();
});

test("another person of a charity's finance puts the day of a voucher right; who wrote it down is told to ask, and nobody of the city can", async ({ page, baseURL }) => {
  const [voucher] = await ask<{ id: string; recorder: string; charity: string; code: string; shall: string; early: string }>(`
    select s.id, s.recorded_by as recorder, p.charity_id as charity, s.code, ${local("s.spent_on - interval '3 minutes'")} as shall, ${local("s.recorded_at_paid - interval '2 hours'")} as early
    from (select s.*, (select max(c.paid_at) from spending_share h join checkout c on c.pledge_id = h.pledge_id where h.spending_id = s.id and c.state = 'paid') as recorded_at_paid from spending s) s
    join programme p on p.id = s.programme_id where s.state = 'approved' limit 1`);
  if (!voucher) throw new Error("the demo has no spending");
  const connection = connectToPortal();
  const colleague = await newcomer(connection, { role: "finance", scope: { kind: "charity", id: voucher.charity } });
  const operator = await newcomer(connection, { role: "operator", scope: { kind: "city" } });
  const become = async (userId: string) => {
    const [name = "", value = ""] = (await cookieOf(connection, userId)).split("=");
    await page.context().addCookies([{ name, value, url: baseURL ?? "" }]);
  };
  const spent = page.getByRole("listitem").filter({ hasText: voucher.code }).locator("details").filter({ hasText: "更正时间：支出" });

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
  expect((await page.request.post("/finance", { headers: { origin: baseURL ?? "" }, form: sent, maxRedirects: 0 })).status()).toBe(403);
  await become(colleague);
  await page.goto("/finance");
  await spent.locator("summary").click();
  await spent.locator('input[name="shall"]').fill(voucher.shall);
  await spent.locator('select[name="reason"]').selectOption("wrong_day");
  await spent.locator('button[value="correctMoment"]').click();
  await expect(page.getByText("时间已更正。")).toBeVisible();
  const [now] = await ask<{ at: string }>(`select ${local("spent_on")} as at from spending where id = '${voucher.id}'`);
  expect(now?.at).toBe(voucher.shall);
  await connection.close();
});
