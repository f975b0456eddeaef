import { eq } from "drizzle-orm";
import { agreeToJointDay } from "~/domain/giving/answerJointDay.server";
import { proposeJointDay, storedJointDay } from "~/domain/giving/proposeJointDay.server";
import { dayPlus, shanghaiDay } from "~/domain/kernel/time";
import { gifts, jointDays } from "~db/schema/giving";
import type { Story } from "./history";
import type { Cast } from "./people";

/** The company names a day so many days ahead at the point of its gift; where the point agrees, it is on. */
export async function nameJointDay(
  story: Story,
  cast: Cast,
  giftCode: string,
  { inDays, agreed }: { inDays: number; agreed: boolean },
) {
  const ctx = story.as(cast.company);
  const [gift] = await ctx.db.select().from(gifts).where(eq(gifts.code, giftCode));
  if (!gift?.pointId) throw new Error("a gift without a service point");
  await proposeJointDay(ctx, giftCode, {
    day: dayPlus(shanghaiDay(ctx.now()), inDays),
    pointId: gift.pointId,
    requestKey: ctx.newId(),
    version: storedJointDay(undefined, gift.pointId).opened,
  });
  const [row] = await ctx.db.select().from(jointDays).where(eq(jointDays.giftId, gift.id));
  if (!row) throw new Error("the joint day was not kept");
  story.clock.minutes(150);
  if (agreed) await agreeToJointDay(story.as(cast.storekeeper), { jointDayId: row.id, version: row.version });
  return { jointDayId: row.id, version: row.version + 1 };
}
