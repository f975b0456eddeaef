import { expect, test } from "vitest";
import { ConfirmGiftInput } from "~/domain/giving/schemas";
import { readForm } from "~/http/form.server";

const CHOSEN = {
  displayChoice: "kind_person",
  ifGone: "ask_me",
  notRelative: "yes",
  requestKey: "01890000-0000-7000-8000-000000000001",
} as const;

/** The fields of which something is said, in the order in which it is said. */
function said(typed: Readonly<Record<string, string>>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(typed)) form.set(name, value);
  const read = readForm(form, ConfirmGiftInput);
  return read.ok ? read.value : Object.keys(read.reply.errors);
}

test("whoever sends the form as it came is told at once of all that is missing", () => {
  const { requestKey } = CHOSEN;
  expect(said({ requestKey })).toEqual(["arrivalWay", "displayChoice", "ifGone", "notRelative"]);
  expect(said({ requestKey, arrivalWay: "pick_up" })).toEqual([
    "day",
    "part",
    "address",
    "phone",
    "displayChoice",
    "ifGone",
    "notRelative",
  ]);
});

test("where the gift is collected is read of those alone who have it collected", () => {
  const collect = { day: "2026-12-01", part: "morning", address: "兴中道 1 号", phone: "13800000000" };
  expect(said({ ...CHOSEN, ...collect, arrivalWay: "pick_up" })).toMatchObject({
    ...collect,
    arrivalWay: "pick_up",
  });
  expect(said({ ...CHOSEN, ...collect, phone: "?", arrivalWay: "courier" })).toEqual({
    ...CHOSEN,
    arrivalWay: "courier",
  });
});
