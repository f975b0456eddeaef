import { Form } from "@remix-run/react";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { Card } from "../primitives/Page";

/** Protected facts are behind one button that says why and leaves a trace. */
export function OpenFirst() {
  const t = useT();
  return (
    <Card>
      <p className="mb-4">{t("sheet.openLead")}</p>
      <Form method="post">
        <Button name="intent" value="open">
          {t("sheet.open")}（{t("households.reason_entitlements")}）
        </Button>
      </Form>
    </Card>
  );
}
