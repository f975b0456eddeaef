import { data } from "@remix-run/node";
import { expect } from "vitest";
import { z } from "zod";
import { act } from "~/http/answer.server";
import { button, form, type PageForms } from "~/http/pageForm.server";
import { anybody } from "~/http/who.server";
import { aDonor } from "../../factories/people";
import { test } from "../../support/database";
import { posting } from "../../support/routeArgs";
import { aWorld } from "../../support/world";

const PAGE = {
  default: form(z.object({ name: z.string() }), (_ctx, { name }) => Promise.resolve(data({ read: name }))),
  known: button(() => Promise.resolve(data({ pressed: true }))),
};

test("the intent of a form names one of its page's forms, or none for the main one: whatever else it says is refused in words, done by nobody, and gives nothing away", async ({
  db,
}) => {
  const world = aWorld(db);
  const donor = await aDonor(world);
  const send = async (forms: PageForms, fields: Readonly<Record<string, string>>) =>
    act(await posting(world, donor, "http://portal.test/basket", {}, fields), anybody, forms);
  const refused = (values: Readonly<Record<string, string>>) => ({
    data: { reply: { values, errors: {}, formErrors: [{ message: "errors.noForm" }] } },
    init: { status: 422 },
  });

  const names = [...Object.getOwnPropertyNames(Object.prototype), "nothing"];
  expect(names).toContain("constructor");
  const { default: _main, ...withoutMain } = PAGE;
  for (const forms of [PAGE, withoutMain]) {
    for (const intent of names)
      expect(await send(forms, { intent, name: "花" }), intent).toEqual(
        expect.objectContaining(refused({ intent, name: "花" })),
      );
    expect(await send(forms, { intent: "known" })).toMatchObject({ data: { pressed: true } });
  }

  expect(await send(PAGE, { name: "花" })).toMatchObject({ data: { read: "花" } });
  expect(await send(PAGE, { name: "花", intent: "" })).toMatchObject({ data: { read: "花" } });
  expect(await send(PAGE, {})).toMatchObject({
    data: { reply: { errors: { name: ["common.pleaseCheck"] } } },
    init: { status: 422 },
  });
  expect(await send(withoutMain, { name: "花" })).toMatchObject(refused({ name: "花" }));
});
