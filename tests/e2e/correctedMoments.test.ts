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
