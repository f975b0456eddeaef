import { expect, test } from "vitest";
import { z } from "zod";
import { DomainError } from "~/domain/kernel/errors";
import { wholeNumber } from "~/domain/kernel/typed/wholeNumber";
import { readForm, refusal, typedForm, typedValues } from "~/http/form.server";
import { say } from "~/i18n/messages";

const Input = z.object({
  title: z.string(say("common.pleaseFill")).max(10, say("common.tooLong")),
  quantity: wholeNumber({ least: 1, most: 100 }),
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
  expect(reply).toEqual({
    values: { quantity: "9" },
    errors: {},
    formErrors: [{ message: "errors.notEnoughLeft", params: { left: 2 } }],
  });
});

test("invisible signs, double line breaks and blanks are mended in every field at once, but never in a password", async () => {
  const sent = formOf([
    ["code", "\u202dG7\u200bK2\u202c"],
    ["story", "一\r\n二\0"],
    ["note", " \u200b\r\n"],
    ["lines", "a\u2060"],
    ["lines", "b"],
    ["password", " p\u200b\r\nw "],
    ["file", new File(["a\r\nb"], "a.csv")],
  ]);
  const form = typedForm(sent);
  expect(form.get("code")).toBe("G7K2");
  expect(form.get("story")).toBe("一\n二");
  expect(form.get("note")).toBe("");
  expect(form.getAll("lines")).toEqual(["a", "b"]);
  expect(form.get("password")).toBe(" p\u200b\r\nw ");
  expect(await (form.get("file") as File).text()).toBe("a\r\nb");
});
