import { expect, test } from "vitest";
import { z } from "zod";
import { DomainError } from "~/domain/kernel/errors";
import { readForm, refusal, typedValues } from "~/http/form.server";
import { say } from "~/i18n/messages";

const Input = z.object({
  title: z.string(say("common.pleaseFill")).max(10, say("common.tooLong")),
  quantity: z.coerce.number(say("common.wholeNumber")).int(say("common.wholeNumber")).min(1, say("common.atLeastOne")),
  ways: z.array(z.string()).optional(),
  password: z.string().optional(),
});

function formOf(entries: readonly (readonly [string, string | File])[]): FormData {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

test("a good form is its value", () => {
  const form = readForm(
    formOf([
      ["title", "书包"],
      ["quantity", "2"],
    ]),
    Input,
  );
  expect(form).toEqual({ ok: true, value: { title: "书包", quantity: 2 } });
});

test("a form with errors comes back with all that was typed, and an error beside each field", () => {
  const form = readForm(
    formOf([
      ["title", "一二三四五六七八九十十一"],
      ["quantity", "0"],
      ["ways", "a"],
      ["ways", "b"],
    ]),
    Input,
  );
  expect(form).toEqual({
    ok: false,
    reply: {
      values: { title: "一二三四五六七八九十十一", quantity: "0", ways: ["a", "b"] },
      errors: { title: ["common.tooLong"], quantity: ["common.atLeastOne"] },
      formErrors: [],
    },
  });
});

test("what has no words of ours says please check, never the library's English", () => {
  const form = readForm(
    formOf([
      ["title", "书包"],
      ["quantity", "2"],
      ["ways", "x"],
      ["password", "y"],
    ]),
    Input.extend({ password: z.string().min(8) }),
  );
  expect(form.ok ? undefined : form.reply.errors).toEqual({ password: ["common.pleaseCheck"] });
});

test("secrets and files never travel back to the page", () => {
  const typed = typedValues(
    formOf([
      ["email", "a@example.org"],
      ["password", "hunter22"],
      ["newPassword", "hunter23"],
      ["photo", new File(["x"], "x.jpg")],
    ]),
  );
  expect(JSON.stringify(typed)).not.toMatch(/hunter|x\.jpg/);
  expect(typed["email"]).toBe("a@example.org");
});

test("a refusal of the domain stands at the head of the form it came from, with its values", () => {
  const reply = refusal({ quantity: "9" }, new DomainError("NOT_ENOUGH_LEFT", { left: 2 }));
  expect(reply).toEqual({ values: { quantity: "9" }, errors: {}, formErrors: [{ message: "errors.notEnoughLeft", params: { left: 2 } }] });
});
