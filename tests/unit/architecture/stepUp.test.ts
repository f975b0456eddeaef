import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { GRAVE } from "~/domain/kernel/stepUp";

/** What a function does that makes it grave, as its words show it. */
const MARKS = {
  sealed: /insert\(recordOpenings\)|unseal\(.*\.answersSealed/,
  role: /(?:insert|update)\((?:roleGrants|roleProposals|invitations|settings)\)|set\(\{ disabledAt|\bROLE_PROPOSAL\b|\bSTEP_RESET\b/,
  money: /\b(?:PURCHASE|SPENDING|REFUND|FINANCE_TASK)\b|\bentryMachine\(|overCapApprovedBy: /,
  account:
    /(?:insert|update|delete)\((?:credentials|secondFactors|passkeys|recoveryCodes)\)|set\(\{ email|purpose: "mail"/,
} as const;

/** Use cases that show such a mark and ask for no code anew, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
  acceptInvitation: "whoever was invited, by a link of 160 bits; the admin who invited was asked",
  withdrawInvitation: "takes back what nobody has yet",
  renewMailHashes: "the portal itself, by which key an open invitation is found; it gives nothing",
  addStaff: "the server's own command",
  addDonor: "makes an account that gives only",
  signUp: "nobody is signed in yet",
  resetStepByHand: "the server's own command",
  confirmSignUp: "nobody is signed in yet",
  forgetUnconfirmed: "a clock",
  setNewPassword: "by a link from their own mailbox; the second step stays on and is asked for next",
  confirmMail: "by a link from the new mailbox; asking for it was grave",
  renewRecoveryCodes: "takes a code or a passkey itself",
  removeSecondStep: "takes a code or a passkey itself",
  passSignInStep: "takes the code or the passkey",
  passEntryCode: "makes an account that gives only; one with a second step is asked for it next",
  passStepUp: "takes the code or the passkey",
  enterBody: "proposes only: another person decides",
  enterEntry: "proposes only: another person decides",
  endEntry: "stops at once, since stopping is safe",
  declineNeed: "takes the approval of a wish over the cap away",
  withdrawNeed: "takes the approval of a wish over the cap away",
  withdrawOrganisationNeed: "takes an approval away",
  closeOrganisationNeed: "the donors get back what was not spent, by the book",
  undoPayment: "one's own gift of a moment ago, back to where it came from",
  cancelPayment: "one's own page of payment, before anything is paid",
  sendRefund: "after it was decided, and by a clock",
  sweepOne: "a clock",
  handleStripeEvent: "what Stripe says itself",
  retryWaitingEvents: "a clock",
};

/** Files that people take along and that hold nothing sealed and no list of people. */
const PLAIN_FILES: Readonly<Record<string, string>> = {
  "desk/exportCsv.ts": "the two public lists",
  "desk/exportXlsx.ts": "the two public lists",
  "desk/hsdsNotes.ts": "what could not be read of a file of the lists",
  "desk/importNotes.ts": "the same of one whose import began",
  "desk/templateCsv.ts": "empty",
  "desk/templateXlsx.ts": "empty",
  "field/templateCsv.ts": "empty",
  "field/templateXlsx.ts": "empty",
  "files.ts": "one picture; that of a signed list only while its record is open",
  "finance/goodsCsv.ts": "codes of gifts and wishes, no name",
  "finance/moneyCsv.ts": "codes of gifts and wishes, no name",
  "giving/giftCsv.ts": "the way of one's own gift",
  "giving/myYearCsv.ts": "what one gave oneself",
  "giving/myYearXlsx.ts": "what one gave oneself",
  "giving/jointDayIcs.ts": "one's own day",
};

type Found = Readonly<{
  id: string;
  name: string;
  body: string;
  first: string;
  isUseCase: boolean;
  calls: ReadonlySet<string>;
}>;

const idOf = (file: string, name: string): string => `${file}#${name}`;

/** What a file calls by a name of another one's: where it comes from. */
function importsOf(file: string, source: ts.SourceFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const node of source.statements) {
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) continue;
    const from = node.moduleSpecifier.text;
    const target = from.startsWith("~/")
      ? path.join("app", from.slice(2))
      : path.join(path.dirname(file), from);
    const names = node.importClause?.namedBindings;
    if (names && ts.isNamedImports(names))
      for (const { name, propertyName } of names.elements)
        found.set(name.text, idOf(`${target}.ts`, (propertyName ?? name).text));
  }

  return found;
}

/** Every function of a file: what it says, and what it calls. */
function functionsOf(file: string): Found[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const imports = importsOf(file, source);
  return source.statements.flatMap((node): Found[] => {
    const isExported =
      ts.canHaveModifiers(node) &&
      (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    const declared = ts.isFunctionDeclaration(node) ? [{ name: node.name?.text ?? "", of: node }] : [];
    const assigned = ts.isVariableStatement(node)
      ? node.declarationList.declarations.flatMap(({ name, initializer }) =>
          initializer && ts.isArrowFunction(initializer) ? [{ name: name.getText(), of: initializer }] : [],
        )
      : [];
    return [...declared, ...assigned].map(({ name, of }) => {
      const calls = new Set<string>();
      const visit = (inner: ts.Node): void => {
        if (ts.isCallExpression(inner) && ts.isIdentifier(inner.expression))
          calls.add(imports.get(inner.expression.text) ?? idOf(file, inner.expression.text));
        ts.forEachChild(inner, visit);
      };

      if (of.body) visit(of.body);
      const first = of.body && ts.isBlock(of.body) ? (of.body.statements[0]?.getText() ?? "") : "";
      return {
        id: idOf(file, name),
        name,
        body: of.body?.getText() ?? "",
        first,
        isUseCase: isExported && of.parameters[0]?.name.getText() === "ctx",
        calls,
      };
    });
  });
}

const domain = readdirSync("app/domain", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".server.ts"))
  .flatMap((file) => functionsOf(path.join("app/domain", file)));

/** Marked by its own words, or by those of a piece that it calls; a use case answers for itself. */
function marked(mark: RegExp): Found[] {
  const ids = new Set(domain.filter(({ body }) => mark.test(body)).map(({ id }) => id));
  for (let before = -1; before !== ids.size;) {
    before = ids.size;
    const pieces = new Set(
      domain.filter(({ id, isUseCase }) => ids.has(id) && !isUseCase).map(({ id }) => id),
    );
    for (const { id, calls } of domain) if ([...calls].some((call) => pieces.has(call))) ids.add(id);
  }

  return domain.filter(({ id, isUseCase }) => ids.has(id) && isUseCase);
}

test.each(Object.entries(MARKS))(
  "each use case that touches %s asks for the second step anew, or is named with its reason",
  (_kind, mark) => {
    const found = marked(mark).map(({ name }) => name);
    expect(found.length).toBeGreaterThan(1);
    expect(
      found.filter((name) => !Object.hasOwn(GRAVE, name) && !Object.hasOwn(WITHOUT, name)).sort(),
    ).toEqual([]);
  },
);

test("what is said to be grave asks before anything else, under its own name; nothing else asks", () => {
  const asking = domain.filter(({ body }) => body.includes("requireSteppedUp("));
  expect(
    asking.filter(({ name, first }) => first !== `requireSteppedUp(ctx, "${name}");`).map(({ name }) => name),
  ).toEqual([]);
  expect(asking.map(({ name }) => name).sort()).toEqual(Object.keys(GRAVE).sort());
});

test("no reason is kept for what shows no mark any more", () => {
  const found = new Set(Object.values(MARKS).flatMap((mark) => marked(mark).map(({ name }) => name)));
  expect(Object.keys(WITHOUT).filter((name) => !found.has(name))).toEqual([]);
});

test("each file that people take along holds nothing sealed and no list of people, or asks for the second step anew", () => {
  const files = readdirSync("app/routes", { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  const handing = files.filter((file) =>
    /\b(?:csvStream|csvAnswer|csvResponse|xlsxResponse|calendarResponse|Content-Disposition)\b/.test(
      readFileSync(path.join("app/routes", file), "utf8"),
    ),
  );
  const grave = Object.keys(GRAVE).filter((name) => GRAVE[name as keyof typeof GRAVE] === "file");
  const plain = handing.filter(
    (file) => !grave.some((name) => readFileSync(path.join("app/routes", file), "utf8").includes(`${name}(`)),
  );
  expect(plain.sort()).toEqual(Object.keys(PLAIN_FILES).sort());
});
