import { moveUnits } from "~/domain/books/moveUnits.server";
import type { ActingRole } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import type { EventData } from "~/domain/kernel/journal/eventData";
import { transition } from "~/domain/kernel/transition.server";
import { PLEDGE, type Pledge } from "./machine.server";
import { standing } from "./states";

type Facts = Readonly<{
  event: "release" | "expire" | "undo" | "cancel" | "revoke" | "target_gone" | "return_part" | "fail";
  by: ActingRole;
  quantity?: bigint;
  reason?: string;
  occurredAt?: Date;
}>;

type Fulfilment = Readonly<{
  quantity: bigint;
  into: "in_hub" | "delivered";
  by: ActingRole;
  occurredAt?: Date;
}> &
  (Readonly<{ event?: "settle" }> | Readonly<{ event: "spend"; data: EventData<"pledge.spend"> }>);

/**
 * Gives promised units back to their line: one of the two ways in which other rooms touch a pledge. Without
 * `quantity` everything that still stands goes back and the pledge ends; with it (`return_part`) the rest
 * stands on. The pledge must have been read in this transaction.
 *
 * @throws {DomainError} NOT_ENOUGH_LEFT when more is asked than stands, WRONG_STATE, CHANGED_MEANWHILE
 */
export async function giveBack(
  tx: Transaction,
  ctx: UseCaseContext,
  pledge: Pledge,
  { event, quantity, ...facts }: Facts,
): Promise<{ version: number }> {
  const left = standing(pledge);
  const back = quantity ?? left;
  if (back <= 0n || back > left) throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(left) });
  const from = pledge.state === "promised" || pledge.state === "paying" ? "held" : "pledged";
  const units = await moveUnits(tx, pledge.lineId, from, "open", back);
  return transition(tx, ctx, PLEDGE, pledge, event, {
    ...facts,
    needId: pledge.needId,
    giftId: pledge.giftId,
    units,
    set: { givenBack: pledge.givenBack + back, holdUntil: null },
  });
}

/**
 * Counts promised units as arrived: the other of the two ways. `into` is `in_hub` for goods that passed
 * inspection, `delivered` for a service that was accepted and for money of an organisation's need that was
 * spent.
 */
export async function fulfilPledge(
  tx: Transaction,
  ctx: UseCaseContext,
  pledge: Pledge,
  { quantity, into, event = "settle", ...facts }: Fulfilment,
): Promise<{ version: number }> {
  const left = standing(pledge);
  if (quantity <= 0n || quantity > left) throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(left) });
  const units = await moveUnits(tx, pledge.lineId, "pledged", into, quantity);
  return transition(tx, ctx, PLEDGE, pledge, event, {
    ...facts,
    needId: pledge.needId,
    giftId: pledge.giftId,
    units,
    set: { settled: pledge.settled + quantity },
  });
}
