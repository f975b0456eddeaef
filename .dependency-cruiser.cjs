/** Every sentence of "what may import what" (docs/architecture.md). tests/unit/architecture plants a violation of each. */
const CODE = process.env.PLANTED ? "tests/unit/architecture/violations/" : "";
const at = (path) => `^${CODE}${path}`;
const typeOnly = { dependencyTypesNot: ["type-only"] };

module.exports = {
  forbidden: [
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-circles-between-contexts",
      severity: "error",
      scope: "folder",
      from: { path: at("app/domain/[^/]+$") },
      to: { circular: true, path: at("app/domain/[^/]+$") },
    },
    {
      name: "client-code-stays-off-the-server",
      severity: "error",
      from: {
        path: at("app/"),
        pathNot: [
          "\\.server\\.tsx?$",
          at("app/routes/"),
          at("app/(root|entry\\.server)\\.tsx$"),
          at("app/integrations/stripe/testDesk/"),
        ],
      },
      to: { path: ["\\.server\\.tsx?$", at("db/(client|embedded|migrate)")], ...typeOnly },
    },
    {
      name: "routes-know-no-tables",
      severity: "error",
      from: { path: at("app/routes/") },
      to: { path: at("db/"), ...typeOnly },
    },
    {
      name: "routes-know-no-vendor",
      severity: "error",
      from: { path: at("app/routes/") },
      to: { path: "node_modules/(stripe|lucia|drizzle-orm|postgres|nodemailer|aws4fetch)/" },
    },
    {
      name: "only-session-knows-lucia",
      severity: "error",
      from: { path: at("(app|db|scripts)/"), pathNot: at("app/session/") },
      to: { path: "node_modules/(lucia|@lucia-auth)/" },
    },
    {
      name: "only-integrations-know-vendors",
      severity: "error",
      from: { path: at("app/"), pathNot: at("app/integrations/") },
      to: { path: "node_modules/(stripe|nodemailer|aws4fetch)/" },
    },
    {
      name: "the-domain-knows-no-web",
      severity: "error",
      from: { path: at("app/domain/") },
      to: {
        path: [at("app/(http|routes|server|session|ui)/"), "node_modules/(@remix-run|react|react-dom|hono)/"],
        ...typeOnly,
      },
    },
    {
      name: "the-domain-declares-ports",
      severity: "error",
      from: { path: at("app/domain/") },
      to: { path: at("app/integrations/"), ...typeOnly },
    },
    {
      name: "primitives-know-no-domain",
      severity: "error",
      from: { path: at("app/ui/primitives/") },
      to: { path: at("app/domain/"), ...typeOnly },
    },
    {
      name: "ui-shows-pure-files-only",
      severity: "error",
      from: { path: at("app/ui/") },
      to: {
        path: [at("app/domain/.*\\.server\\.tsx?$"), at("app/(http|server|session|integrations)/")],
        ...typeOnly,
      },
    },
    {
      name: "the-kernel-knows-no-context",
      severity: "error",
      from: { path: at("app/domain/kernel/") },
      to: { path: at("app/domain/(?!kernel/)"), ...typeOnly },
    },
    {
      name: "the-database-knows-no-app",
      severity: "error",
      from: { path: at("db/"), pathNot: at("db/seed/data/") },
      to: { path: at("app/") },
    },
    {
      name: "input-knows-types-only",
      severity: "error",
      from: { path: at("db/seed/data/") },
      to: { path: at("app/"), ...typeOnly },
    },
    {
      name: "the-app-knows-no-tests",
      severity: "error",
      from: { path: at("(app|db)/") },
      to: { path: at("(tests|scripts)/") },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
    exclude: { path: CODE ? "^build" : "^(build|tests/unit/architecture/violations)" },
  },
};
