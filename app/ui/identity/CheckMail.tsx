import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton, TextLink } from "../primitives/Button";
import { TextField } from "../primitives/Field";
import { Notice, Page, Section } from "../primitives/Page";

/** Where a letter went, and what goes along with whoever comes back from it. */
export type Sent = Readonly<{
  email: string;
  minutes: number;
  back: string;
  kept?: string | undefined;
  box?: string | undefined;
}>;

/**
 * An account was asked for: the letter opens it. Whoever followed its link elsewhere signs in here, and goes
 * on with what they had typed.
 */
export function CheckMail({ sent: { email, minutes, back, kept, box } }: { sent: Sent }) {
  const t = useT();
  const at = paths(useLocale());
  return (
    <Page title={t("identity.checkMailTitle")}>
      <Notice tone="done" live>
        <p className="break-words">{t("identity.checkMail", { email, minutes })}</p>
        {kept ? <p>{t("identity.checkMailKept")}</p> : null}
      </Notice>
      {box ? (
        <p className="mt-5">
          <LinkButton to={at.demoMail(box)}>{t("demo.open")}</LinkButton>
        </p>
      ) : null}
      <p className="mt-5 max-w-measure text-muted">
        {t("identity.noMailCame")}{" "}
        <TextLink to={at.signUp(back || undefined)}>{t("identity.signUpAgain")}</TextLink>
      </p>
      <Section title={t("identity.linkFollowed")}>
        <Form method="post" action={at.signIn()} className="grid max-w-md gap-5">
          <input type="hidden" name="back" value={back} />
          {kept ? <input type="hidden" name="kept" value={kept} /> : null}
          <input type="hidden" name="email" value={email} />
          <TextField
            name="password"
            maxLength={LENGTHS.password}
            type="password"
            label={t("identity.password")}
            autoComplete="current-password"
            reply={undefined}
          />
          <Button look="secondary">{t("identity.signInTitle")}</Button>
        </Form>
      </Section>
    </Page>
  );
}
