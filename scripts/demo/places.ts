import { eq } from "drizzle-orm";
import { servicePoints } from "~db/schema/reference";
import type { Story } from "./history";

/** The service point of a town. */
export async function pointOf(story: Story, townCode: string) {
  const [point] = await story.system.db
    .select()
    .from(servicePoints)
    .where(eq(servicePoints.townCode, townCode));
  if (!point) throw new Error("a town without a service point");
  return point;
}
