import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { z } from "zod";
import { confirmSignUp } from "~/domain/identity/signUp.server";
import { seal } from "~/domain/kernel/sealing.server";
import { act } from "~/http/answer.server";
import { contextOf } from "~/http/context.server";
import { keepForm, openKept, worthKeeping } from "~/http/keptForm.server";
import { form } from "~/http/pageForm.server";
import { signedIn } from "~/http/who.server";
import { action as signIn } from "~/routes/identity/signIn";
import { action as signUp } from "~/routes/identity/signUp";
import { prolong } from "~/server/requests.server";
import { appUsers, sessions } from "~db/schema/identity";
import { HERE, NEW, PASSWORD, sentLink, somebody } from "../../factories/accounts";
import { aDonor } from "../../factories/people";
import { test } from "../../support/database";
import { argsForAnybody } from "../../support/routeArgs";
import { aWorld } from "../../support/world";

const formOf = (...entries: [string, string | File][]): FormData => {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
};

test("what is kept comes back field by field, without passwords and files, to whom it belonged, for a day, and nobody can read or change it on its way", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = world.system;
  const owner = (await aDonor(world)).userId;
  const form = formOf(
    ["a", "一\r\n二"],
    ["b", "1"],
    ["b", "2"],
    ["password", "geheim"],
    ["newPassword", "geheim"],
    ["photo", new File(["x"], "照片.jpg")],
    ["empty", ""],
  );
  const kept = keepForm(ctx, { address: "/field/new?household=1", form, owner });
  expect(kept?.files).toEqual(["照片.jpg"]);
  expect(kept?.sealed).not.toContain("一");
  expect(openKept(ctx, kept?.sealed ?? "")).toMatchObject({
    owner,
    address: "/field/new?household=1",
    fields: [
      ["a", "一\r\n二"],
      ["b", "1"],
      ["b", "2"],
      ["empty", ""],
    ],
  });
  const stranger = (await aDonor(world)).userId;
  for (const changed of [
    (kept?.sealed ?? "").replace(owner, stranger),
    (kept?.sealed ?? "").replace(owner, "nobody"),
    `${kept?.sealed ?? ""}x`,
    "",
    ".",
  ])
    expect(openKept(ctx, changed)).toBeUndefined();
  world.clock.advance({ hours: 25 });
  expect(openKept(ctx, kept?.sealed ?? "")).toBeUndefined();
});

test("too much is not kept; a way out of this house is none, even when the portal itself had sealed it", ({
  db,
}) => {
  const ctx = aWorld(db).system;
  expect(keepForm(ctx, { address: "/x", form: formOf(["a", "大".repeat(90_000)]) })).toBeUndefined();
  expect(
    keepForm(ctx, {
      address: "/x",
      form: formOf(...Array.from({ length: 2_001 }, (_, n): [string, string] => [`f${n}`, "1"])),
    }),
  ).toBeUndefined();
  for (const address of [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
  ]) {
    const until = "2099-01-01T00:00:00.000Z";
    expect(
      openKept(
        ctx,
        `nobody.${seal(ctx.keys, "kept_form:nobody", JSON.stringify({ address, fields: [], files: [], until }))}`,
      ),
    ).toBeUndefined();
  }

  expect([
    worthKeeping(formOf(["intent", "submit"], ["requestKey", "k"], ["note", " "])),
    worthKeeping(formOf(["note", "x"])),
  ]).toEqual([false, true]);
});

test("what a visitor sends is read as far as it can be typed, to go along as they sign in; without anything typed the sign-in page comes alone", async ({
  db,
}) => {
  const world = aWorld(db);
  const posted = (body: FormData | URLSearchParams | string) => {
    const args = argsForAnybody(world, "http://portal.test/gifts/G1");
    const never = () => Promise.reject(new Error("the work was done"));
    return act({ ...args, request: new Request(args.request.url, { method: "POST", body }) }, signedIn, {
      default: form(z.object({}), never),
    }).catch((thrown: unknown) => thrown);
  };

  expect(await posted(formOf(["intent", "nothing"]))).toMatchObject({ status: 302 });
  expect(await posted(formOf(["a", "x"]))).toMatchObject({
    init: { status: 401 },
    data: { signIn: { back: "/gifts/G1", why: "first" } },
  });
  // It was too much to go along: they are told so.
  for (const body of [formOf(["a", "x".repeat(300_000)]), new URLSearchParams({ a: "好".repeat(40_000) })])
    expect(await posted(body)).toMatchObject({ init: { status: 401 }, data: { signIn: { kept: "lost" } } });
  // No page of ours sends these: nothing of it goes along.
  for (const body of [
    JSON.stringify({ a: "x" }),
    formOf(["__intent__", "x"]),
    formOf(["a[4294967294]", "x"]),
  ])
    expect(await posted(body)).toMatchObject({ status: 302 });
});

test("the cookie that prolongs a session goes with no answer that others may keep, and never over the answer's own", async ({
  db,
}) => {
  const cookie = "session=new; Path=/";
  const sent = (headers: Headers): string[] => {
    prolong(headers, cookie);
    return headers.getSetCookie();
  };

  expect(sent(new Headers())).toEqual([cookie]);
  expect(sent(new Headers({ "Set-Cookie": "lang=en" }))).toEqual(["lang=en", cookie]);
  expect(sent(new Headers({ "Set-Cookie": "session=; Max-Age=0" }))).toEqual(["session=; Max-Age=0"]);
  expect(sent(new Headers({ "Cache-Control": "public, max-age=300" }))).toEqual([]);
  expect((await contextOf(argsForAnybody(aWorld(db), "http://portal.test/"))).actor.kind).toBe("visitor");
});

test("whoever signs in gets back the form that they had typed; somebody else's is handed to nobody, and nobody is signed in for it", async ({
  db,
}) => {
  const world = aWorld(db);
  const [owner, other] = [await somebody(world), await somebody(world)];
  const kept =
    keepForm(world.system, {
      address: "/field/new",
      form: formOf(["title", "一盏台灯"]),
      owner: owner.userId,
    })?.sealed ?? "";
  const sent = (email: string, more: Readonly<Record<string, string>> = {}) => {
    const args = argsForAnybody(world, "http://portal.test/sign-in");
    const body = new URLSearchParams({ email, password: PASSWORD, kept, ...more });
    return signIn({ ...args, request: new Request(args.request.url, { method: "POST", body }) });
  };

  const sessionsOf = async (userId: string) =>
    (await db.select().from(sessions).where(eq(sessions.userId, userId))).length;
  const refused = await sent(other.email).catch((thrown: unknown) => thrown);
  expect(JSON.stringify(refused)).toContain("keptForAnother");
  expect(JSON.stringify(refused)).not.toContain("一盏台灯");
  expect(await sessionsOf(other.userId)).toBe(0);
  expect(await sent(owner.email)).toMatchObject({
    data: { goOn: { address: "/field/new", fields: [["title", "一盏台灯"]] } },
  });
  expect(await sessionsOf(owner.userId)).toBe(1);
  // Without it they come in as themselves.
  expect(await sent(other.email, { drop: "yes" })).toMatchObject({ status: 302 });
});

test("whoever makes an account goes on with a form of nobody's; one that somebody signed in had typed is not handed over, and no account is made for it", async ({
  db,
}) => {
  const world = aWorld(db);
  const owner = await somebody(world);
  const typed = { address: "/offer", form: formOf(["description", "一辆童车"]) };
  const sealedFor = (who?: string) => keepForm(world.system, { ...typed, owner: who })?.sealed ?? "";
  const sent = (email: string, kept: string) => {
    const args = argsForAnybody(world, "http://portal.test/sign-up");
    const body = new URLSearchParams({ kind: "person", displayName: "新来的人", email, password: NEW, kept });
    return signUp({ ...args, request: new Request(args.request.url, { method: "POST", body }) }).catch(
      (thrown: unknown) => thrown,
    );
  };

  const accounts = async () =>
    (await db.select({ email: appUsers.email }).from(appUsers)).map(({ email }) => email);
  const before = await accounts();
  const refused = await sent("new@example.org", sealedFor(owner.userId));
  expect(refused).toMatchObject({ init: { status: 409 } });
  expect(JSON.stringify(refused)).toContain("keptForAnother");
  expect(JSON.stringify(refused)).not.toContain("一辆童车");
  expect([await accounts(), await db.select().from(sessions)]).toEqual([before, []]);
  // Whose it was cannot be changed on its way.
  const turned = sealedFor(owner.userId).replace(owner.userId, "nobody");
  expect(await sent("other@example.org", turned)).toMatchObject({ data: { sent: { kept: turned } } });
  const kept = sealedFor();
  expect(await sent("new@example.org", kept)).toMatchObject({
    data: { sent: { email: "new@example.org", kept } },
  });
  // Nobody is in yet: the form goes on from where they sign in, once the letter was answered.
  expect(await db.select().from(sessions)).toEqual([]);
  const signedIn = (email: string, form: string) => {
    const args = argsForAnybody(world, "http://portal.test/sign-in");
    const body = new URLSearchParams({ email, password: NEW, kept: form });
    return signIn({ ...args, request: new Request(args.request.url, { method: "POST", body }) }).catch(
      (thrown: unknown) => thrown,
    );
  };

  expect(await signedIn("new@example.org", kept)).toMatchObject({ init: { status: 403 } });
  for (const email of ["new@example.org", "other@example.org"])
    await confirmSignUp(world.system, await sentLink(world, "confirmSignUp", email), {
      password: NEW,
      ...HERE,
    });
  expect(await signedIn("new@example.org", kept)).toMatchObject({
    data: { goOn: { address: "/offer", fields: [["description", "一辆童车"]] } },
  });
  expect(await signedIn("other@example.org", turned)).toMatchObject({ status: 302 });
  expect(await accounts()).toHaveLength(before.length + 2);
});
