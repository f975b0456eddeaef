import { Form } from "@remix-run/react";
import { DISABLE_REASONS } from "~/domain/identity/accountVocabulary";
import { useT } from "~/i18n/useT";
import { STEP_RESET_REASONS } from "~db/schema/stepVocabulary";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { type Reply, SelectField } from "../primitives/Field";
import { Card, Tag } from "../primitives/Page";

type Account = Readonly<{
  userId: string;
  displayName: string;
  isOpen: boolean;
  isOwn: boolean;
  hasSecondStep: boolean;
}>;

/** Whether somebody can sign in, and the button that changes it; never for oneself. */
export function AccountState({ account, reply }: { account: Account; reply: Reply | undefined }) {
  const t = useT();
  return (
    <div className="mb-6">
      <Card>
        <p className="mb-3 flex flex-wrap items-center gap-3">
          <span lang="zh-Hans" className="font-semibold">
            {account.displayName}
          </span>
          <Tag tone={account.isOpen ? "done" : "problem"}>
            {t(account.isOpen ? "account.accountOpen" : "account.accountClosed")}
          </Tag>
        </p>
        {account.isOwn ? null : (
          <Form method="post">
            <input type="hidden" name="userId" value={account.userId} />
            {account.isOpen ? (
              <AskFirst
                name="intent"
                value="disable"
                label={t("account.disable")}
                says={t("account.disableSays")}
              >
                <SelectField
                  name="reason"
                  label={t("account.whyDisable")}
                  empty=""
                  options={DISABLE_REASONS.map((reason) => ({
                    value: reason,
                    label: t(`account.reason_${reason}`),
                  }))}
                  reply={reply}
                />
              </AskFirst>
            ) : (
              <Button name="intent" value="enable" look="secondary">
                {t("account.enable")}
              </Button>
            )}
          </Form>
        )}
        {account.isOwn || !account.hasSecondStep ? null : (
          <Form method="post" className="mt-3">
            <input type="hidden" name="userId" value={account.userId} />
            <AskFirst
              name="intent"
              value="resetStep"
              label={t("account.stepReset")}
              says={t("account.stepResetSays")}
            >
              <SelectField
                name="stepReason"
                label={t("account.whyStepReset")}
                empty=""
                options={STEP_RESET_REASONS.map((reason) => ({
                  value: reason,
                  label: t(`account.stepReason_${reason}`),
                }))}
                reply={reply}
              />
            </AskFirst>
          </Form>
        )}
      </Card>
    </div>
  );
}
