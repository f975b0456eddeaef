import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { requestKeys } from "~db/schema/kernel";
import { aPledgeOf, choices } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("an answer that is remembered gives its link back to who asks twice, and to nobody who has the table", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world));
  const person = await aDonor(world);
  const donor = world.as(person);
  const { giftCode } = await pledgeItems(donor, aPledgeOf(world, line.id));
  const input = choices(world);
  const { trackToken } = await confirmGift(donor, giftCode, input);
  expect(await confirmGift(donor, giftCode, input)).toEqual({ trackToken });

  const rows = await db.select().from(requestKeys).where(eq(requestKeys.actorId, person.userId));
  const table = JSON.stringify(rows);
  expect(rows).toHaveLength(2);
  expect(table).not.toContain(trackToken);
  expect(table).not.toContain(giftCode);
  // What was typed may be a code of few digits, which a plain hash gives away to whoever tries them all.
  const plain = createHash("sha256").update(JSON.stringify({ ...input, giftCode }));
  expect(table).not.toContain(plain.copy().digest("base64url"));
  expect(table).not.toContain(plain.digest("hex"));

  // Sealed for this key of this person: carried to another row it opens no more, and in clear the table takes
  // none.
  const [row] = rows;
  if (!row) throw new Error("nothing is remembered");
  const copied = (sealed: string) =>
    owner`insert into request_key (actor_id, key, command, input_hash, result_sealed, created_at) values (${row.actorId}, ${world.system.newId()}, 'x', 'x', ${sealed}, ${row.createdAt})`;
  await expect(copied('{"trackToken":"in clear"}')).rejects.toThrow(/request_key_sealed/);
  await expect(copied(row.resultSealed)).resolves.toBeDefined();
});
