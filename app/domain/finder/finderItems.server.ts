import { and, asc, eq } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { listsInForce } from "~/domain/lists/inForce.server";
import { itemName } from "~/domain/lists/items.server";
import type { Parameters } from "~/domain/rules/evaluate";
import { listItems } from "~db/schema/directory";
import type { FinderItem } from "./results";

/**
 * Every published item that the city took into the finder, with its rule in force, named in the reader's
 * language: all that the finder needs to work in a browser.
 */
export async function finderItems(
  ctx: UseCaseContext,
): Promise<{ items: FinderItem[]; parameters: Parameters }> {
  const [rows, { rules, parameters }] = await Promise.all([
    ctx.db
      .select()
      .from(listItems)
      .where(and(eq(listItems.state, "published"), listItems.inFinder))
      .orderBy(asc(listItems.sort)),
    listsInForce(ctx.db, ctx),
  ]);
  const inForce = new Map(rules.map((rule) => [rule.itemCode, rule]));
  const items = rows.map((item) => {
    const { kind = "ask", rule = null, amount = null } = inForce.get(item.code) ?? {};
    return { code: item.code, list: item.list, name: itemName(ctx.locale, item), kind, rule, amount };
  });
  return { items, parameters };
}
