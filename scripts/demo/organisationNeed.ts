import { and, eq } from "drizzle-orm";
import { draftOrganisationNeed, submitOrganisationNeed } from "~/domain/needs/draftOrganisationNeed.server";
import { OrganisationNeedInput } from "~/domain/needs/organisationNeedSchemas";
import { publishNeed } from "~/domain/needs/publishNeed.server";
import { declineNeed, verifyNeed } from "~/domain/needs/reviewNeed.server";
import { decideSpending, recordSpending } from "~/domain/payments/spendings.server";
import { needLines } from "~db/schema/needs";
import { programmes } from "~db/schema/organisations";
import { DEMO_FILING_NUMBER } from "~db/seed/charity";
import { payFor } from "./gifts";
import type { Story } from "./history";
import type { Cast } from "./people";

const RAILS = {
  townCode: "442000001",
  title: "给独居老人家里装扶手",
  story:
    "卫生间地滑，独居老人容易摔倒。我们请师傅上门，为镇内二十户独居老人各装一副扶手；钱用作人工，扶手请爱心人士直接捐。",
  moneyFor: "上门安装的人工",
  moneyFen: "3000",
  lines: [{ objectKind: "grab_bar", item: "浴室扶手", quantity: "20", unitCode: "set", unitPriceFen: "150" }],
};

const CLASSES = {
  townCode: "442000105",
  title: "长者手机课",
  story: "教长者用手机挂号、视频通话，一期八课。",
  moneyFor: "讲师车费和打印讲义",
  moneyFen: "1200",
  lines: [],
};

/** An organisation's own needs: one published, which somebody paid a part of; one that came back. */
export async function playOrganisationNeed(story: Story, cast: Cast, organisationId: string): Promise<void> {
  const editor = story.as(cast.orgEditor);
  const input = (what: typeof RAILS | typeof CLASSES) =>
    OrganisationNeedInput.parse({ ...what, organisationId, requestKey: editor.newId() });
  const { needId } = await draftOrganisationNeed(editor, input(RAILS));
  await submitOrganisationNeed(editor, needId);
  await story.clock.days(0.4);
  await verifyNeed(story.as(cast.operator), needId);
  story.clock.minutes(90);
  await publishNeed(story.as(cast.secondOperator), needId, {
    title: RAILS.title,
    story: RAILS.story,
    acceptSoft: "yes",
  });
  const [money] = await editor.db
    .select()
    .from(needLines)
    .where(and(eq(needLines.needId, needId), eq(needLines.kind, "money")));
  if (money) {
    await payFor(story, cast.secondDonor, money.id, 30_000n, "fen");
    await spend(story, cast, money.id);
  }

  const returned = await draftOrganisationNeed(editor, input(CLASSES));
  await submitOrganisationNeed(editor, returned.needId);
  await story.clock.days(0.5);
  await declineNeed(story.as(cast.operator), returned.needId, "return", "unclear_item");
}

/** A part of what was paid went to the craftsman, on a voucher that two people of finance saw. */
async function spend(story: Story, cast: Cast, lineId: string): Promise<void> {
  const ctx = story.as(cast.finance);
  const [fund] = await ctx.db
    .select({ id: programmes.id })
    .from(programmes)
    .where(eq(programmes.filingNumber, DEMO_FILING_NUMBER));
  if (!fund) throw new Error("the demo has no programme");
  await story.clock.days(1.2);
  const { spendingId } = await recordSpending(ctx, {
    lineId,
    programmeId: fund.id,
    payee: "演示装修队（虚构）",
    voucherNumber: "ZC-0001",
    spentOn: story.clock.now(),
    amountFen: 12_000n,
    requestKey: ctx.newId(),
  });
  story.clock.minutes(90);
  await decideSpending(story.as(cast.secondFinance), spendingId, "approve");
}
