import { Form } from "@remix-run/react";
import type { rulePage } from "~/domain/lists/desk/itemQueries.server";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { CaseBook } from "./CaseBook";

type Shown = Awaited<ReturnType<typeof rulePage>>;

/** No edition is being written: one can be begun, and the case book of the one in force is read. */
export function StartRule({ inForce, run }: Pick<Shown, "inForce" | "run">) {
  const t = useT();
  return (
    <>
      <Form method="post" className="mt-6 grid gap-2">
        <p className="text-muted">{t("ruleDesk.startHint")}</p>
        <div>
          <Button name="intent" value="start">
            {t("ruleDesk.startRule")}
          </Button>
        </div>
      </Form>
      {inForce?.body.kind === "rule" ? (
        <CaseBook cases={inForce.body.cases} results={run?.results ?? []} />
      ) : null}
    </>
  );
}
