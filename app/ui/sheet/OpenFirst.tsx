import { Form } from "@remix-run/react";
import { aside } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { KeptFields } from "../primitives/KeptFields";
import { Card } from "../primitives/Page";

/**
 * Protected facts are behind one button that says why and leaves a trace. What was typed before they were
 * shut again waits behind it too.
 */
export function OpenFirst({ reply }: { reply: Reply | undefined }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Card>
      <p className="mb-4">{t("sheet.openLead")}</p>
      <Form method="post" className="grid gap-4">
        <FormErrors reply={reply && { ...reply, errors: {} }} />
        <KeptFields reply={reply} but={["intent"]} />
        <div>
          <Button name="intent" value="open">
            {t("sheet.open") + aside(locale, t("households.reason_entitlements"))}
          </Button>
        </div>
      </Form>
    </Card>
  );
}
