import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** Ways in which something that must come in from outside could slip into the domain. */
const NOT_IN_DOMAIN = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Time comes from ctx.now()." },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: "Time comes from ctx.now()." },
  { selector: "CallExpression[callee.name='randomUUID']", message: "Ids come from ctx.newId()." },
  { selector: "CallExpression[callee.property.name='transaction']", message: "Transactions are opened by inTransaction() only." },
];

const EVERYWHERE = [
  { selector: "CallExpression[callee.property.name='constructEventWithoutVerification']", message: "Events are verified." },
  { selector: "CallExpression[callee.name='parseFloat']", message: "Money is fen in a bigint." },
];

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
  ...tseslint.configs.recommended,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  jsxA11y.flatConfigs.recommended,
  {
    rules: {
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
  { files: ["app/**/*.tsx", "app/i18n/useT.ts"], plugins: { "react-hooks": reactHooks }, rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" } },
  { files: ["app/domain/**"], rules: { "no-restricted-syntax": ["error", ...EVERYWHERE, ...NOT_IN_DOMAIN] } },
);
