import { answerCallBack, openCallBack } from "~/domain/callBacks/answerCallBack.server";
import { askCallBack } from "~/domain/callBacks/askCallBack.server";
import { callBackList } from "~/domain/callBacks/callBackList.server";
import { AskCallBackInput } from "~/domain/callBacks/callBackSchemas";
import type { Story } from "./history";
import type { Cast } from "./people";

/** Who asks to be called, and whether somebody has tried already. */
const ASKED = [
  { name: "陈婆婆", phone: "0760-88000001", words: "眼睛不好，想请人帮忙看看能领什么" },
  { name: "李先生", phone: "13800000002", words: "想给妈妈要一张防滑垫", askedFor: "other", about: "我妈妈" },
  { name: "阿芬", phone: "13800000003", words: "家里冰箱坏了，怎么申请", cannotHear: "yes" },
];

/** People without an account leave their number: two wait, one was tried once. */
export async function playCallBacks(story: Story, cast: Cast, town: string): Promise<void> {
  const visitor = { ...story.system, actor: { kind: "visitor" } } as const;
  for (const asked of ASKED) {
    story.clock.minutes(25);
    const input = AskCallBackInput.parse({ ...asked, town, requestKey: story.clock.newId() });
    await askCallBack(visitor, input, { clientAddress: "demo" });
  }

  const caseworker = story.as(cast.caseworker);
  const [first] = (await callBackList(caseworker)).rows;
  if (!first) return;
  story.clock.minutes(40);
  await openCallBack(caseworker, first.id);
  await answerCallBack(caseworker, {
    callBackId: first.id,
    version: first.version + 1,
    answer: "no_answer",
    words: "中午打没人接，晚饭后再打一次",
  });
}
