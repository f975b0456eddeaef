import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { type Reply, TextField } from "../primitives/Field";
import { FormErrors, RequestKey } from "../primitives/FormParts";
import { Notice } from "../primitives/Page";

/**
 * On a day without a valid certificate no money is taken; who would pay leaves word and is told when they
 * can.
 */
export function IntentForm({
  lineId,
  requestKey,
  reply,
}: {
  lineId: string;
  requestKey: string;
  reply: Reply | undefined;
}) {
  const t = useT();
  return (
    <>
      <FormErrors reply={reply} />
      <Notice tone="wait">{t("giving.intentOnly")}</Notice>
      <Form method="post" className="mt-6 grid gap-4">
        <RequestKey value={requestKey} reply={reply} />
        <input type="hidden" name="lineId" value={lineId} />
        <TextField
          name="quantity"
          maxLength={LENGTHS.number}
          label={t("common.quantity")}
          inputMode="numeric"
          defaultValue="1"
          reply={reply}
        />
        <div>
          <Button name="intent" value="intend">
            {t("giving.intend")}
          </Button>
        </div>
        <p className="text-2 text-muted">{t("giving.intendHint")}</p>
      </Form>
    </>
  );
}
