import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { data, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import type { act } from "~/http/answer.server";
import { doneAt } from "~/http/done.server";
import { saveEdit } from "~/http/edit.server";
import { button, form, giveFormBack, type PageForms, type TypedValues } from "~/http/pageForm.server";
import type { Reply } from "~/ui/primitives/Field";

const Input = z.object({ name: z.string() });
const PAGE = {
  default: form(Input, async (_ctx, { name }) =>
    name === "" ? doneAt("/", "done.changed") : Promise.resolve(data({ sent: { name } })),
  ),
  begin: form(z.object({}), () => Promise.resolve(data({ along: 7n }, { status: 201 }))),
  lead: button(() => Promise.resolve(redirect("/"))),
};

/** What a page's `useActionData` gives whose action answers these forms. */
type Given<Forms extends PageForms> = NonNullable<
  ReturnType<typeof useActionData<() => ReturnType<typeof act<Forms>>>>
>;

test("a page knows by name what its forms may answer, beside the form given back, and of redirects nothing", () => {
  expectTypeOf(PAGE).toExtend<PageForms>();
  type Page = Given<typeof PAGE>;
  expectTypeOf<keyof Page>().toEqualTypeOf<"reply" | "sent" | "along">();
  expectTypeOf<Page["sent"]>().toEqualTypeOf<{ name: string } | undefined>();
  expectTypeOf<Page["along"]>().toEqualTypeOf<bigint | undefined>();
  expectTypeOf<Page["reply"]>().toEqualTypeOf<Reply | undefined>();
  expectTypeOf<Extract<Page, { sent: object }>["reply"]>().toEqualTypeOf<undefined>();
});

test("a page whose forms only lead on is shown the form given back, and nothing else", () => {
  type Page = Given<{ default: typeof PAGE.lead }>;
  expectTypeOf<keyof Page>().toEqualTypeOf<"reply">();
  expectTypeOf<Page["reply"]>().toEqualTypeOf<Reply>();
});

test("a work gets what its schema says; what was typed is there to be given back, and is not to be changed", () => {
  form(Input, (_ctx, input, typed) => {
    expectTypeOf(input).toEqualTypeOf<{ name: string }>();
    expectTypeOf(typed).toEqualTypeOf<TypedValues>();
    // @ts-expect-error nobody changes what was typed
    typed["name"] = "other";
    return Promise.resolve(redirect("/"));
  });
  form(
    (typed) => (typed["kind"] === "one" ? Input : z.object({ other: z.bigint() })),
    (_ctx, input) => {
      expectTypeOf(input).toEqualTypeOf<{ name: string } | { other: bigint }>();
      return Promise.resolve(redirect("/"));
    },
  );
});

test("an answer that is none does not compile: nothing at all, a bare object, a bare value, a form that nobody made", () => {
  // @ts-expect-error nothing is no answer
  form(Input, () => Promise.resolve());
  // @ts-expect-error facts are said by `data`
  form(Input, (_ctx, { name }) => Promise.resolve({ name }));
  // @ts-expect-error a bare value has no name to ask for
  button(() => Promise.resolve(data("done")));
  // @ts-expect-error a field that no schema has
  form(Input, (_ctx, { other }) => Promise.resolve(data({ other: String(other) })));
  // @ts-expect-error what was sent is read by `form` alone
  const bare: PageForms = { default: () => Promise.resolve(redirect("/")) };
  const staying = (typed: TypedValues) =>
    // @ts-expect-error an edit that is done leads on
    saveEdit(typed, EDIT, CASE, () => data({ saved: true }));
  expectTypeOf(staying).toBeFunction();
  expectTypeOf(bare).toEqualTypeOf<PageForms>();
  expectTypeOf(giveFormBack).returns.toEqualTypeOf<ReturnType<typeof data<Readonly<{ reply: Reply }>>>>();
});

test("no page and no use case gets at what was sent but through a form's schema", () => {
  const naming = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file))
      .filter((file) => /\bFormData\b|\.formData\(/.test(readFileSync(path.join(folder, file), "utf8")));
  // How pages look is kept in a cookie: it is read by its own table of choices, and by no use case.
  expect(naming("app/routes")).toEqual(["shell/preferences.ts"]);
  expect(naming("app/domain")).toEqual([]);
});

declare const EDIT: Parameters<typeof saveEdit>[1];
declare const CASE: Parameters<typeof saveEdit>[2];
