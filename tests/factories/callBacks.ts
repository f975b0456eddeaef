import { answerCallBack, openCallBack } from "~/domain/callBacks/answerCallBack.server";
import { askCallBack } from "~/domain/callBacks/askCallBack.server";
import { AskCallBackInput } from "~/domain/callBacks/callBackSchemas";
import type { UserActor } from "~/domain/kernel/actor";
import type { World } from "../support/world";
import { SHIQI } from "./people";

/** Somebody of 石岐街道 asks to be called back; answers with the call-back's id. */
export async function aCallBack(world: World, words = "想问低保"): Promise<string> {
  const requestKey = world.system.newId();
  const asked = { name: "阿婆", phone: "0760-88123456", town: SHIQI, words, requestKey };
  await askCallBack(world.as({ kind: "visitor" }), AskCallBackInput.parse(asked), {
    clientAddress: "192.0.2.10",
  });
  return requestKey;
}

/** One that was opened, answered, and closed with words. */
export async function anAnsweredCallBack(world: World, by: UserActor, words: string): Promise<string> {
  const callBackId = await aCallBack(world);
  await openCallBack(world.as(by), callBackId);
  await answerCallBack(world.as(by), { callBackId, version: 2, answer: "answered", words });
  return callBackId;
}
