import js from "@eslint/js";
import stylistic from "@stylistic/eslint-plugin";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import importSort from "eslint-plugin-simple-import-sort";
import ts from "typescript";
import tseslint from "typescript-eslint";

/** Ways in which something that must come in from outside could slip into the domain. */
const NOT_IN_DOMAIN = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "Time comes from ctx.now().",
  },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: "Time comes from ctx.now().",
  },
  { selector: "CallExpression[callee.name='randomUUID']", message: "Ids come from ctx.newId()." },
  {
    selector: "CallExpression[callee.property.name='transaction']",
    message: "Transactions are opened by inTransaction() only.",
  },
];

/**
 * What people type is read by app/domain/kernel/typed, and nowhere else: one way to read a number, an amount,
 * a day, a code.
 */
const NO_COERCION = [
  {
    selector: "MemberExpression[object.name='z'][property.name='coerce']",
    message: "Typed values are read by kernel/typed: wholeNumber, yuan, moment.",
  },
];
const TYPED_ELSEWHERE = [
  ...NO_COERCION,
  { selector: "CallExpression[callee.name='parseInt']", message: "Typed numbers are read by kernel/typed." },
  {
    selector: "CallExpression[callee.object.name='Number'][callee.property.name=/^parse(Int|Float)$/]",
    message: "Typed numbers are read by kernel/typed.",
  },
  {
    selector: "MemberExpression[object.object.name='z'][object.property.name='iso']",
    message: "Days and moments are read by kernel/typed.",
  },
  {
    selector: "CallExpression[callee.object.name='z'][callee.property.name='email']",
    message: "Addresses are read by kernel/typed/mail.",
  },
];

const EVERYWHERE = [
  {
    selector: "CallExpression[callee.property.name='constructEventWithoutVerification']",
    message: "Events are verified.",
  },
  { selector: "CallExpression[callee.name='parseFloat']", message: "Money is fen in a bigint." },
];

/** Two texts are alike by one way to fold them; only the piece that is this way may call it. */
const FOLDED_ELSEWHERE = [
  {
    selector: "CallExpression[callee.property.name='normalize'][arguments.0.value=/^NF/]",
    message: "Typed texts are folded by kernel/typed/signs.",
  },
  {
    selector: "CallExpression[callee.property.name='normalize'][arguments.length=0]",
    message: "Typed texts are folded by kernel/typed/signs.",
  },
];
/** Arguments lie on the stack: a list of a hundred thousand rows that is spread into a call ends it. */
const SPREAD_INTO_CALLS = [
  {
    selector:
      "CallExpression[callee.property.name=/^(push|unshift|splice|concat|fromCharCode|fromCodePoint)$/] > SpreadElement",
    message: "A list that may be long is no list of arguments: go through it.",
  },
  {
    selector: "CallExpression[callee.object.name='Math'] > SpreadElement",
    message: "A list that may be long is no list of arguments: reduce it.",
  },
];
const IN_APP = [...EVERYWHERE, ...FOLDED_ELSEWHERE, ...SPREAD_INTO_CALLS];

/** Where what people typed comes in. */
const WHERE_TYPED = ["app/**/*[sS]chemas.ts", "app/**/*Input.ts", "app/http/**", "app/routes/**"];

/**
 * `Number("")` is 0, `Number("0x10")` 16: only what is a number already (a count, a bigint of units or fen)
 * may be made one.
 */
const noNumberOfText = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      text: "Number() of a text reads 0x10, 1e3 and nothing at all; read what was typed by kernel/typed.",
    },
  },
  create(context) {
    const { program, esTreeNodeToTSNodeMap } = context.sourceCode.parserServices;
    const checker = program.getTypeChecker();
    const mayBeText = (type) =>
      type.isUnion()
        ? type.types.some(mayBeText)
        : (type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
    const check = (node, given) => {
      if (mayBeText(checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(given))))
        context.report({ node, messageId: "text" });
    };
    return {
      "CallExpression[callee.name='Number'][arguments.length=1]": (node) => check(node, node.arguments[0]),
      "UnaryExpression[operator='+']": (node) => check(node, node.argument),
    };
  },
};

/**
 * Every object has "constructor" and "toString": a table of ours (a constant) that is asked with a text from
 * anywhere answers by `ownOf` and `isNameIn`, which know its own names alone.
 */
const ownNamesOnly = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      own: 'Every object has "constructor": ask kernel/own (ownOf, isNameIn) what a table has under a text.',
    },
  },
  create(context) {
    const { program, esTreeNodeToTSNodeMap } = context.sourceCode.parserServices;
    const checker = program.getTypeChecker();
    const said = (node) =>
      /^TS(As|NonNull|Satisfies)Expression$/.test(node.type) ? said(node.expression) : node;
    const isAnyText = (type) =>
      type.isUnion()
        ? type.types.some(isAnyText)
        : (type.flags &
            (ts.TypeFlags.String |
              ts.TypeFlags.TemplateLiteral |
              ts.TypeFlags.Any |
              ts.TypeFlags.Unknown)) !==
          0;
    const isText = (node) =>
      node.type !== "PrivateIdentifier" &&
      isAnyText(checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(said(node))));
    const isOurTable = (node) => said(node).type === "Identifier" && /^[A-Z][A-Z\d_]+$/.test(said(node).name);
    /** Made a text where it is asked: what was typed, whatever the table. */
    const isMadeText = (node) =>
      node.type === "CallExpression" &&
      (node.callee.name === "String" || node.callee.property?.name === "get");
    return {
      "MemberExpression[computed=true]": (node) => {
        if ((isOurTable(node.object) || isMadeText(node.property)) && isText(node.property))
          context.report({ node, messageId: "own" });
      },
      "BinaryExpression[operator='in']": (node) => {
        if (isText(node.left)) context.report({ node, messageId: "own" });
      },
    };
  },
};

/** A list that comes from outside has an end: whoever may send any number of rows may send a million. */
const listsHaveAnEnd = {
  meta: {
    type: "problem",
    schema: [],
    messages: { end: "A list from outside has an end: z.array(…).max(…)." },
  },
  create(context) {
    const isBounded = (node) => {
      const { parent } = node;
      if (
        parent?.type !== "MemberExpression" ||
        parent.object !== node ||
        parent.parent?.type !== "CallExpression"
      )
        return false;
      return ["max", "length"].includes(parent.property.name) || isBounded(parent.parent);
    };
    const check = (node) => {
      if (!isBounded(node)) context.report({ node, messageId: "end" });
    };
    return {
      "CallExpression[callee.object.name='z'][callee.property.name='array']": check,
      "CallExpression[callee.property.name='array'][arguments.length=0]": check,
    };
  },
};

/** One object: a plugin may be named in several places, but not made twice. */
const OURS = {
  hongxin: {
    rules: {
      "no-number-of-text": noNumberOfText,
      "own-names-only": ownNamesOnly,
      "lists-have-an-end": listsHaveAnEnd,
    },
  },
};

/** A line that is no text of its own (words, SQL, a pattern, an address) ends where the formatter's do; a comment too. */
const WIDTH = [
  "error",
  {
    code: 110,
    ignoreStrings: true,
    ignoreTemplateLiterals: true,
    ignoreRegExpLiterals: true,
    ignoreUrls: true,
  },
];

/** A breath after what spans lines, and in the domain between what is read and what is done. */
const AFTER_BLOCKS = { blankLine: "always", prev: "multiline-block-like", next: "*" };
const BETWEEN_READING_AND_DOING = [
  { blankLine: "always", prev: ["const", "let"], next: "multiline-block-like" },
  { blankLine: "always", prev: ["const", "let"], next: "multiline-expression" },
  { blankLine: "always", prev: "multiline-expression", next: "*" },
];

/** Node, packages, the portal, its database, what lies near: one block, each in the order of its path. */
const IMPORT_ORDER = [["^\\u0000", "^node:", "^@?\\w", "^~/", "^~db/", "^\\.\\.", "^\\."]];

export default tseslint.config(
  {
    ignores: [
      "build/**",
      "node_modules/**",
      "db/migrations/**",
      "patches/**",
      "public/**",
      "coverage/**",
      "eslint.config.js",
      ".dependency-cruiser.cjs",
      "tests/unit/architecture/violations/**",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  jsxA11y.flatConfigs.recommended,
  {
    plugins: { "@stylistic": stylistic, "import-sort": importSort },
    rules: {
      "import-sort/imports": ["error", { groups: IMPORT_ORDER }],
      "@stylistic/max-len": WIDTH,
      "@stylistic/padding-line-between-statements": ["error", AFTER_BLOCKS],
    },
  },
  {
    files: ["app/domain/**", "app/worker/**"],
    rules: {
      "@stylistic/padding-line-between-statements": ["error", AFTER_BLOCKS, ...BETWEEN_READING_AND_DOING],
    },
  },
  {
    rules: {
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        {
          allowAny: false,
          allowBoolean: false,
          allowNever: false,
          allowNullish: false,
          allowNumber: true,
          allowRegExp: false,
        },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/no-empty-object-type": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-restricted-syntax": ["error", ...EVERYWHERE],
    },
  },
  // Names of the browser are checked by the types.
  { files: ["app/ui/**/*.js"], rules: { "no-undef": "off" } },
  {
    files: ["app/**/*.tsx", "app/i18n/useT.ts"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  {
    files: ["app/**"],
    plugins: OURS,
    rules: { "hongxin/own-names-only": "error", "hongxin/lists-have-an-end": "error" },
  },
  { files: ["app/**"], rules: { "no-restricted-syntax": ["error", ...IN_APP, ...NO_COERCION] } },
  {
    files: ["app/domain/**"],
    rules: { "no-restricted-syntax": ["error", ...IN_APP, ...NO_COERCION, ...NOT_IN_DOMAIN] },
  },
  {
    files: WHERE_TYPED,
    plugins: OURS,
    rules: {
      "no-restricted-syntax": ["error", ...IN_APP, ...TYPED_ELSEWHERE],
      "hongxin/no-number-of-text": "error",
    },
  },
  {
    files: ["app/domain/**/*[sS]chemas.ts", "app/domain/**/*Input.ts"],
    rules: { "no-restricted-syntax": ["error", ...IN_APP, ...TYPED_ELSEWHERE, ...NOT_IN_DOMAIN] },
  },
  {
    files: ["app/domain/kernel/typed/signs.ts"],
    rules: { "no-restricted-syntax": ["error", ...EVERYWHERE, ...NO_COERCION, ...NOT_IN_DOMAIN] },
  },
  // What machines send in a format of their own: the questions of open data, Stripe's events, the settings of
  // the process.
  {
    files: ["app/domain/lists/hsds/endpoints.ts", "app/domain/payments/eventPayload.ts"],
    rules: { "no-restricted-syntax": ["error", ...IN_APP, ...NOT_IN_DOMAIN] },
  },
  { files: ["app/settings.server.ts"], rules: { "no-restricted-syntax": ["error", ...IN_APP] } },
);
