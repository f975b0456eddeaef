import { and, eq } from "drizzle-orm";
import { dayPlus, shanghaiDay } from "~/domain/kernel/time";
import { decideEntry } from "~/domain/register/decideEntry.server";
import { enterBody } from "~/domain/register/enterBody.server";
import { enterEntry } from "~/domain/register/enterEntry.server";
import { EnterBodyInput, ENTRY_FORMS } from "~/domain/register/schemas";
import { registrations } from "~db/schema/organisations";
import type { Story } from "./history";
import type { Cast } from "./people";

/**
 * The register of organisations at work: one whose certificate lapses soon, and a renewed certificate that
 * waits for a second person.
 */
export async function playRegister(story: Story, cast: Cast, charityId: string): Promise<void> {
  const [operator, second] = [story.as(cast.operator), story.as(cast.secondOperator)];
  const today = shanghaiDay(story.clock.now());
  const { bodyId } = await enterBody(
    operator,
    EnterBodyInput.parse({
      bodyKind: "organisation",
      creditCode: "52440000MJ0000002R",
      nameHans: "演示青少年服务社（虚构）",
      nameHant: "演示青少年服務社（虛構）",
      nameEn: "Demo Youth Service (fictional)",
      contactPhone: "0760-0000-3001",
      number: "演示民非第 0002 号",
      validFrom: dayPlus(today, -1_050),
      validTo: dayPlus(today, 45),
      requestKey: operator.newId(),
    }),
  );
  const [entry] = await story.system.db
    .select()
    .from(registrations)
    .where(and(eq(registrations.organisationId, bodyId), eq(registrations.state, "proposed")));
  if (!entry) throw new Error("the registration was not kept");
  story.clock.minutes(70);
  await decideEntry(second, { kind: "registration", entryId: entry.id, version: entry.version }, "approve");
  story.clock.minutes(20);
  await enterEntry(
    operator,
    charityId,
    ENTRY_FORMS.fundraising_certificate.parse({
      form: "fundraising_certificate",
      number: "演示公募第 0002 号",
      validFrom: dayPlus(today, 30),
      validTo: dayPlus(today, 1_125),
      requestKey: operator.newId(),
    }),
  );
}
