import { useLoaderData } from "@remix-run/react";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { readPreferences } from "~/http/preferences.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { ChoiceField } from "~/ui/primitives/Field";
import { Card, Page, Section } from "~/ui/primitives/Page";
import { PhoneLine } from "~/ui/primitives/PhoneLine";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { useRoot } from "~/ui/shell/useRoot";

export const handle: PageHandle = { title: "shell.accessible", isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, (ctx) =>
    Promise.resolve({ look: readPreferences(args.request), messages: messagesFor(ctx.locale, ["home"]) }),
  );

const KEPT = [
  "home.a11yKeyboard",
  "home.a11yNoScript",
  "home.a11yContrast",
  "home.a11yRead",
  "home.a11yPhone",
] as const;
const SHORT = ["home.a11yLimitTested", "home.a11yLimitStory", "home.a11yLimitVoice"] as const;

export default function Accessibility() {
  const t = useT();
  const { look } = useLoaderData<typeof loader>();
  const at = paths(useLocale());
  const phone = useRoot()?.place.phoneLine ?? "";
  return (
    <Page title={t("shell.accessible")} lead={t("home.accessibleLead")}>
      <form method="post" action={at.preferences()}>
        <Card className="grid gap-7">
          <ChoiceField
            name="size"
            label={t("home.textSize")}
            defaultValue={look.size}
            columns={2}
            options={[
              { value: "normal", label: t("home.sizeNormal") },
              { value: "elder", label: t("home.sizeElder"), hint: t("home.sizeElderHint") },
            ]}
          />
          <ChoiceField
            name="text"
            label={t("home.letters")}
            hint={t("home.lettersHint")}
            defaultValue={look.text}
            columns={2}
            options={["100", "125", "150", "200"].map((value) => ({ value, label: `${value}%` }))}
          />
          <ChoiceField
            name="contrast"
            label={t("home.contrast")}
            defaultValue={look.contrast}
            columns={3}
            options={[
              { value: "auto", label: t("home.auto") },
              { value: "normal", label: t("home.contrastNormal") },
              { value: "more", label: t("home.contrastMore"), hint: t("home.contrastMoreHint") },
            ]}
          />
          <ChoiceField
            name="theme"
            label={t("home.theme")}
            defaultValue={look.theme}
            columns={3}
            options={[
              { value: "auto", label: t("home.auto") },
              { value: "light", label: t("home.themeLight") },
              { value: "dark", label: t("home.themeDark") },
            ]}
          />
          <ChoiceField
            name="spacing"
            label={t("home.spacing")}
            defaultValue={look.spacing}
            columns={2}
            options={[
              { value: "normal", label: t("home.spacingNormal") },
              { value: "roomy", label: t("home.spacingRoomy") },
            ]}
          />
          <Button wide>{t("common.save")}</Button>
        </Card>
      </form>
      <Section title={t("shell.accessibilityStatement")}>
        <p className="max-w-measure">{t("home.statementLead")}</p>
        <List keys={KEPT} />
        <h3 className="mt-5 text-4">{t("home.a11yLimitsTitle")}</h3>
        <List keys={SHORT} />
      </Section>
      <Section title={t("home.reportTitle")} id="report">
        <p className="max-w-measure">{t("home.reportText")}</p>
        <p className="mt-3">
          <PhoneLine phone={phone} big />
        </p>
      </Section>
    </Page>
  );
}

function List({ keys }: { keys: readonly ((typeof KEPT)[number] | (typeof SHORT)[number])[] }) {
  const t = useT();
  return (
    <ul className="mt-3 max-w-measure list-disc space-y-2 pl-6">
      {keys.map((key) => (
        <li key={key}>{t(key)}</li>
      ))}
    </ul>
  );
}
