import { fillIn, formWith, send } from "./steps/forms";
import { ask } from "./steps/rows";
import { expect, expectNoBarriers, expectNoOverflow, signInAs, test } from "./support";

test("who reports a mistake reads until when it is checked; on the desk it has its day, and what is late says so", async ({
  page,
}) => {
  const [item] = await ask<{ code: string; list: string }>(
    "select code, list from list_item where state = 'published' order by sort limit 1",
  );
  await page.goto(`/lists/${item?.list ?? ""}/${item?.code ?? ""}/report`);
  const form = formWith(page, "kind");
  await fillIn(form, { kind: "phone" });
  await send(form);
  await expect(page.getByText("5 个工作日内核对")).toBeVisible();
  await signInAs(page, "何干事");
  await page.goto("/lists-desk");
  await expect(page.getByText(/前要核对/).first()).toBeVisible();
  await ask("update item_report set due_at = now() - interval '1 hour' where state = 'open'");
  await page.goto("/lists-desk");
  await expect(page.getByText("过了期限").first()).toBeVisible();
  await expectNoBarriers(page);
});

test("what was paid for says by when it is bought: before paying, on the gift's page and on finance's list, where what is late stands first", async ({
  page,
}) => {
  const buyBy = (when: string) =>
    ask(
      `update checkout set buy_by = ${when}, late_told_at = null where state = 'paid' and buy_by is not null returning id`,
    );
  const [bought] = await ask<{ code: string; position: number }>(
    "select n.code, l.position from need_line l join need n on n.id = l.need_id where l.kind = 'goods' and l.accepts and l.open > 0 limit 1",
  );
  await signInAs(page, "爱心人士乙");
  await page.goto(`/wishes/${bought?.code ?? ""}/pay/${bought?.position ?? 1}`);
  await expect(page.getByText("15 天内买好")).toBeVisible();
  await expect(page.getByText("10 分钟内可以全额撤回")).toBeVisible();
  await expect(page.getByText("已经送到服务点的，转给最需要的人家")).toBeVisible();
  await expectNoBarriers(page);

  expect(await buyBy("now() + interval '3 days'")).not.toEqual([]);
  await signInAs(page, "俞会计");
  await page.goto("/finance");
  const toBuy = page
    .locator("section", { has: page.getByRole("heading", { name: "已付款，等待采购" }) })
    .getByRole("listitem");
  await expect(toBuy.first()).toContainText(/前买好/);
  await expect(toBuy.first()).not.toContainText("过了期限");
  await buyBy("now() - interval '1 hour'");
  await page.goto("/finance");
  await expect(toBuy.first()).toContainText("过了期限");
  await expectNoBarriers(page);
  await expectNoOverflow(page);
});

test("a request of a recipient says until when it is done; late, it is marked on the list of the town", async ({
  page,
}) => {
  const [household] = await ask<{ id: string }>(
    "select h.id from household h where h.erased_at is null and h.town_code = '442000001' order by h.id limit 1",
  );
  await signInAs(page, "方社工");
  await page.goto(`/households/${household?.id ?? ""}`);
  const form = formWith(page, "kind");
  await expect(form).toContainText("5 个工作日内");
  await fillIn(form, { kind: "correct", words: "电话写错了一位。" });
  await send(form, "request");
  await expect(page.getByText(/前要有结果/).first()).toBeVisible();
  await ask("update recipient_request set due_at = now() - interval '1 hour' where state = 'open'");
  await page.goto("/requests");
  await expect(page.getByText("过了期限").first()).toBeVisible();
  await expectNoBarriers(page);
});
