import { confirmGift } from "~/domain/giving/confirmGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { loadActor } from "~/domain/identity/queries.server";
import { connect } from "~db/client";
import { aPledgeOf, choices } from "../factories/giving";
import { aWorld } from "./world";

/**
 * A process of its own that gives as fast as it can until it is killed, and says each step that it took: for
 * the test that kills it.
 */
const [databaseUrl = "", lineId = "", ...donors] = process.argv.slice(2);
const { db } = connect(databaseUrl, { max: 8 });
const world = aWorld(db);
await Promise.all(
  donors.map(async (userId) => {
    const actor = await loadActor(db, userId);
    if (actor.kind !== "user") return;
    for (;;) {
      const { giftCode } = await pledgeItems(world.as(actor), aPledgeOf(world, lineId));
      process.stdout.write("held\n");
      await confirmGift(world.as(actor), giftCode, choices(world));
      process.stdout.write("confirmed\n");
    }
  }),
);
