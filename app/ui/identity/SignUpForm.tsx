import { Form, Link } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, TextLink } from "../primitives/Button";
import { ChoiceField, type Reply, TextField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";

/** What an account begins with; where its person was going, and what they had typed, come along. */
export function SignUpForm({
  back,
  typedBack,
  kept,
  reply,
}: Readonly<{
  /** Where to go on, as the page's address says it. */
  back: string;
  /** The same as a form said it before, which goes first. */
  typedBack: string | undefined;
  /** What was typed before somebody was asked to sign in, sealed. */
  kept: string | undefined;
  reply: Reply | undefined;
}>) {
  const t = useT();
  const at = paths(useLocale());
  return (
    <Form method="post" className="grid max-w-md gap-5">
      <FormErrors reply={reply} />
      <p>
        <TextLink to={at.signInCode(back || undefined)}>{t("identity.byCodeInstead")}</TextLink>
      </p>
      <input type="hidden" name="back" value={typedBack ?? back} />
      {kept ? <input type="hidden" name="kept" value={kept} /> : null}
      <ChoiceField
        name="kind"
        label={t("identity.kind")}
        reply={reply}
        options={[
          { value: "person", label: t("identity.person") },
          { value: "company", label: t("identity.company") },
        ]}
      />
      <TextField
        name="displayName"
        maxLength={LENGTHS.displayName}
        label={t("identity.displayName")}
        hint={t("identity.displayNameHint")}
        autoComplete="nickname"
        reply={reply}
      />
      <TextField
        name="email"
        maxLength={LENGTHS.mail}
        type="email"
        label={t("identity.email")}
        autoComplete="username"
        reply={reply}
      />
      <TextField
        name="password"
        maxLength={LENGTHS.password}
        type="password"
        label={t("identity.password")}
        hint={t("identity.passwordHint")}
        autoComplete="new-password"
        reply={reply}
      />
      <TextField
        name="realName"
        maxLength={LENGTHS.personName}
        label={t("identity.realName")}
        hint={t("identity.realNameHint")}
        optional
        autoComplete="name"
        reply={reply}
      />
      <TextField
        name="phone"
        maxLength={LENGTHS.phone}
        type="tel"
        label={t("identity.phone")}
        optional
        autoComplete="tel"
        reply={reply}
      />
      <TextField
        name="creditCode"
        maxLength={LENGTHS.creditCode}
        label={t("identity.creditCode")}
        optional
        reply={reply}
      />
      <Button>{t("identity.signUpTitle")}</Button>
      <Link
        to={at.signIn(back || undefined)}
        className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
      >
        {t("identity.haveAccount")}
      </Link>
    </Form>
  );
}
