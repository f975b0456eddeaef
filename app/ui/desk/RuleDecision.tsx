import { Form } from "@remix-run/react";
import { localInput } from "~/i18n/format";
import { useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { type Reply, TextField } from "../primitives/Field";
import { Notice, Section } from "../primitives/Page";

type Props = Readonly<{
  state: string;
  version: number;
  mine: boolean;
  today: Date;
  /** Undefined where the edition has no conditions to try. */
  run:
    | Readonly<{ covered: boolean; passed: boolean; results: readonly Readonly<{ passed: boolean }>[] }>
    | undefined;
  reply: Reply | undefined;
}>;

/** What comes next for an edition: passing its cases, then a second person; or giving it up. */
export function RuleDecision({ state, version, mine, today, run, reply }: Props) {
  const t = useT();
  const failing = run?.results.filter((result) => !result.passed).length ?? 0;
  return (
    <Section title={t("ruleDesk.decide")} id="decide">
      {state === "draft" && run && !run.passed ? (
        <Notice tone="wait">
          {failing > 0 ? t("ruleDesk.wrongCases", { n: failing }) : t("ruleDesk.casesMissing")}
        </Notice>
      ) : null}
      {state === "draft" && (!run || run.passed) ? (
        <Form method="post" className="grid gap-2">
          <input type="hidden" name="version" value={version} />
          <div>
            <Button name="intent" value="test">
              {t("ruleDesk.test")}
            </Button>
          </div>
        </Form>
      ) : null}
      {state === "tested" && mine ? <Notice tone="wait">{t("ruleDesk.ownRule")}</Notice> : null}
      {state === "tested" && !mine ? (
        <Form method="post" className="grid gap-4">
          <p>{t("ruleDesk.approveHint")}</p>
          <input type="hidden" name="intent" value="approve" />
          <input type="hidden" name="version" value={version} />
          <TextField
            name="effectiveOn"
            type="date"
            label={t("ruleDesk.effectiveOn")}
            hint={t("ruleDesk.effectiveHint")}
            defaultValue={localInput(today).slice(0, 10)}
            reply={reply}
          />
          <div>
            <Button>{t("ruleDesk.approveRule")}</Button>
          </div>
        </Form>
      ) : null}
      <Form method="post" className="mt-5">
        <input type="hidden" name="version" value={version} />
        <AskFirst
          name="intent"
          value="withdraw"
          label={t("ruleDesk.withdrawRule")}
          says={t("ruleDesk.withdrawSays")}
        />
      </Form>
    </Section>
  );
}
