import { expect, test } from "vitest";
import { z } from "zod";
import { AskCallBackInput } from "~/domain/callBacks/callBackSchemas";
import { inOrderOf } from "~/http/fieldOrder.server";
import { readForm } from "~/http/form.server";

test("what a rule over several fields finds stands in its field's place", () => {
  const form = new FormData();
  form.set("askedFor", "other");
  const read = readForm(form, AskCallBackInput);
  expect(read.ok || Object.keys(read.reply.errors)).toEqual([
    "about",
    "name",
    "phone",
    "town",
    "words",
    "requestKey",
  ]);
});

test("the order is that of the schema, however it is put together; what it does not name comes last", () => {
  const [first, second] = [z.object({ what: z.literal("a"), b: z.string() }), z.object({ c: z.string() })];
  const said = { z: 1, c: 2, "items[2].size": 3, b: 4, what: 5 };
  const whole = z.intersection(
    z.object({ what: z.string(), b: z.string(), items: z.array(z.string()) }),
    second,
  );
  expect(Object.keys(inOrderOf(whole, said))).toEqual(["what", "b", "items[2].size", "c", "z"]);
  const union = z.discriminatedUnion("what", [first, second.extend({ what: z.literal("c") })]);
  expect(
    Object.keys(
      inOrderOf(
        union.transform((one) => one),
        said,
      ),
    ),
  ).toEqual(["what", "b", "c", "z", "items[2].size"]);
});
