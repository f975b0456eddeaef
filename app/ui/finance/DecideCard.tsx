import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { Card } from "../primitives/Page";

type Choice = Readonly<{ intent: string; label: string }>;
type Props = Readonly<{
  title: ReactNode;
  note: ReactNode;
  field: Readonly<{ name: string; value: string }>;
  yes: Choice;
  no: Choice;
  /** Shown instead of the choice, to the one who may not take it. */
  instead?: ReactNode;
}>;

/** What one person of finance wrote down and another one says yes or no to. */
export function DecideCard({ title, note, field, yes, no, instead }: Props) {
  const t = useT();
  return (
    <Card className="flex flex-wrap items-center justify-between gap-3">
      <div>
        <p className="font-semibold">{title}</p>
        <p className="text-2 text-muted">{note}</p>
      </div>
      {instead ?? (
        <Form method="post" className="flex flex-wrap gap-2">
          <input type="hidden" name={field.name} value={field.value} />
          <Button name="intent" value={yes.intent}>
            {yes.label}
          </Button>
          <AskFirst name="intent" value={no.intent} label={no.label} says={t("finance.refuseSays")} />
        </Form>
      )}
    </Card>
  );
}
