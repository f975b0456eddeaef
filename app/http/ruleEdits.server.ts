import { redirect } from "@remix-run/node";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { editRule } from "~/domain/lists/desk/editRule.server";
import { rulePage } from "~/domain/lists/desk/itemQueries.server";
import { storedEdit } from "~/domain/lists/desk/ruleFormValues";
import { RULE_EDITS, type RuleEdit } from "~/domain/lists/desk/ruleSchemas";
import { paths } from "~/paths";
import { orBoth } from "./edit.server";
import { form } from "./pageForm.server";

async function storedFor(ctx: UseCaseContext, code: string, edit: RuleEdit) {
  const { draft } = await rulePage(ctx, code);
  if (!draft) throw new DomainError("CHANGED_MEANWHILE");
  return storedEdit(draft, edit);
}

const partOf = ({ intent }: RuleEdit): string =>
  intent === "amount" ? "#amount" : intent.endsWith("Case") ? "#cases" : "#parts";

/** The steps by which a draft is written: the reader is put back where the step was taken, and sees it. */
export const ruleEdits = (code: string) =>
  Object.fromEntries(
    Object.entries(RULE_EDITS).map(([intent, schema]) => [
      intent,
      form(schema, (ctx, edit, typed) =>
        orBoth(
          typed,
          edit,
          { save: (said) => editRule(ctx, code, said), stored: () => storedFor(ctx, code, edit) },
          () => redirect(paths(ctx.locale).deskRule(code) + partOf(edit)),
        ),
      ),
    ]),
  );
