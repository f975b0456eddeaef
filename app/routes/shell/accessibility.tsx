import { Form, useLoaderData } from "@remix-run/react";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { readPreferences } from "~/http/preferences.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { ChoiceField } from "~/ui/primitives/Field";
import { Page, Section } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) => load(args, (ctx) => Promise.resolve({ look: readPreferences(args.request), messages: messagesFor(ctx.locale, ["home"]) }));

export default function Accessibility() {
  const t = useT();
  const { look } = useLoaderData<typeof loader>();
  const at = paths(useLocale());
  return (
    <Page title={t("shell.accessible")} lead={t("home.accessibleLead")}>
      <Form method="post" action={at.preferences()} className="grid gap-6">
        <ChoiceField
          name="size"
          label={t("home.textSize")}
          defaultValue={look.size}
          options={[
            { value: "normal", label: t("home.sizeNormal") },
            { value: "elder", label: t("home.sizeElder"), hint: t("home.sizeElderHint") },
          ]}
        />
        <ChoiceField
          name="contrast"
          label={t("home.contrast")}
          defaultValue={look.contrast}
          options={[
            { value: "normal", label: t("home.contrastNormal") },
            { value: "more", label: t("home.contrastMore"), hint: t("home.contrastMoreHint") },
          ]}
        />
        <ChoiceField
          name="theme"
          label={t("home.theme")}
          defaultValue={look.theme}
          options={[
            { value: "light", label: t("home.themeLight") },
            { value: "dark", label: t("home.themeDark") },
          ]}
        />
        <Button>{t("common.save")}</Button>
      </Form>
      <Section title={t("shell.accessibilityStatement")}>
        <ul className="list-disc space-y-2 pl-6">
          <li>{t("home.a11yKeyboard")}</li>
          <li>{t("home.a11yNoScript")}</li>
          <li>{t("home.a11yContrast")}</li>
          <li>{t("home.a11yPhone")}</li>
        </ul>
      </Section>
    </Page>
  );
}
