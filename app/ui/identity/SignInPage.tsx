import { Form, Link } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { SignInFacts, WhySignIn } from "~/http/signInPage.server";
import { list } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton } from "../primitives/Button";
import { type Reply, TextField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Notice, Page, Section } from "../primitives/Page";
import { roleKey } from "../shell/roleKey";
import { Along, alongOf } from "./Along";

const WHY: Readonly<Record<WhySignIn, readonly [alone: MessageKey, withForm: MessageKey]>> = {
  first: ["identity.whyFirst", "identity.whyFirstKept"],
  idle: ["identity.whyIdle", "identity.whyIdleKept"],
  ended: ["identity.whyEnded", "identity.whyEndedKept"],
  codes: ["identity.whyCodes", "identity.whyCodesKept"],
};

/**
 * The page that signs somebody in: says why, and carries along what they had typed when their session ended.
 */
export function SignInPage({ facts, reply }: { facts: SignInFacts; reply: Reply | undefined }) {
  const { why, accounts, kept } = facts;
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { form, back, sealed } = alongOf(facts, reply);
  return (
    <Page title={t("identity.signInTitle")}>
      {why ? (
        <div className="mb-6">
          <Notice tone="wait">
            <p>{t(WHY[why][form ? 1 : 0])}</p>
            {kept === "lost" ? <p>{t("identity.keptTooMuch")}</p> : null}
            {form && form.files.length > 0 ? (
              <p className="break-words">{t("identity.keptFiles", { files: list(locale, form.files) })}</p>
            ) : null}
          </Notice>
        </div>
      ) : null}
      <Form method="post" action={at.signIn()} className="grid max-w-md gap-5">
        <FormErrors reply={reply} />
        <Along back={back} sealed={sealed} />
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
          autoComplete="current-password"
          reply={reply}
        />
        <Button>{t("identity.signInTitle")}</Button>
        {sealed === undefined ? (
          <LinkButton look="secondary" to={at.signInCode(back || undefined)}>
            {t("identity.byCode")}
          </LinkButton>
        ) : null}
        {sealed === undefined ? null : (
          <Button look="quiet" name="drop" value="yes">
            {t("identity.dropKept")}
          </Button>
        )}
        <p className="flex flex-wrap gap-x-6">
          <Link
            to={at.forgotPassword()}
            className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
          >
            {t("identity.forgotPassword")}
          </Link>
          {sealed === undefined ? (
            <Link
              to={at.signUp(back || undefined)}
              className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
            >
              {t("identity.noAccount")}
            </Link>
          ) : null}
        </p>
      </Form>
      {sealed === undefined ? null : (
        <Form method="post" action={at.signInCode()} className="mt-6 max-w-md">
          <Along back={back} sealed={sealed} />
          <Button look="secondary" name="intent" value="begin">
            {t("identity.byCode")}
          </Button>
        </Form>
      )}
      {sealed === undefined ? null : (
        <Form method="post" action={at.signUp()} className="mt-3 max-w-md">
          <Along back={back} sealed={sealed} />
          <Button look="secondary" name="intent" value="begin">
            {t("identity.signUpFirst")}
          </Button>
        </Form>
      )}
      {accounts.length > 0 ? (
        <Section title={t("identity.demoTitle")}>
          <p className="mb-3 text-muted">{t("identity.demoText")}</p>
          <ul className="grid gap-3 sm:grid-cols-2 elder:grid-cols-1">
            {accounts.map((account) => (
              <li key={`${account.userId}${account.role}`}>
                <Form method="post" action={at.signIn()}>
                  <input type="hidden" name="userId" value={account.userId} />
                  <Along back={back} sealed={sealed} />
                  <button
                    name="intent"
                    value="demo"
                    className="flex min-h-tap w-full cursor-pointer flex-col items-start rounded-md border-(length:--border) border-line-strong bg-surface px-4 py-2 text-left hover:border-brand"
                  >
                    <span className="font-semibold">{t(roleKey(account.role))}</span>
                    <span className="text-2 text-muted" lang="zh-Hans">
                      {account.displayName}
                    </span>
                  </button>
                </Form>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </Page>
  );
}
