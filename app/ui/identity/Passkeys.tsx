import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { type Reply, TextField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Card } from "../primitives/Page";
import { replyTo } from "../primitives/replyTo";
import { FirstPassword } from "./FirstPassword";

export type PasskeyShown = Readonly<{ id: string; name: string; createdAt: Date; lastUsedAt: Date | null }>;

/** Somebody's passkeys, by the names they gave them, and the form that adds one. */
export function Passkeys({
  passkeys,
  most,
  isFirst,
  reply,
}: Readonly<{
  passkeys: readonly PasskeyShown[];
  most: number;
  isFirst: boolean;
  reply: Reply | undefined;
}>) {
  const t = useT();
  const locale = useLocale();
  const adding = replyTo(reply, "intent", "beginPasskey");
  return (
    <>
      <p className="mb-4 max-w-measure">{t("account.passkeysLead")}</p>
      <FormErrors reply={replyTo(reply, "intent", "removePasskey")} />
      {passkeys.length === 0 ? <p className="mb-4 text-muted">{t("account.passkeysNone")}</p> : null}
      <ul className="mb-5 grid gap-4">
        {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
          <li key={id}>
            <Card>
              <p className="font-semibold break-words">{name}</p>
              <p>{t("account.passkeySince", { time: moment(locale, createdAt) })}</p>
              <p>
                {lastUsedAt === null
                  ? t("account.passkeyUnused")
                  : t("account.passkeyUsed", { time: moment(locale, lastUsedAt) })}
              </p>
              <Form method="post" className="mt-3">
                <input type="hidden" name="passkeyId" value={id} />
                <AskFirst
                  name="intent"
                  value="removePasskey"
                  label={t("account.passkeyRemove")}
                  says={t("account.passkeyRemoveSays")}
                />
              </Form>
            </Card>
          </li>
        ))}
      </ul>
      {passkeys.length >= most ? (
        <p>{t("account.passkeyEnough", { n: most })}</p>
      ) : (
        <Form method="post" className="grid max-w-md justify-items-start gap-4">
          <FormErrors reply={adding} />
          <TextField
            name="name"
            maxLength={LENGTHS.passkeyName}
            label={t("account.passkeyName")}
            hint={t("account.passkeyNameHint")}
            autoComplete="off"
            reply={adding}
          />
          {isFirst ? <FirstPassword reply={adding} /> : null}
          <Button name="intent" value="beginPasskey">
            {t("account.passkeyAdd")}
          </Button>
        </Form>
      )}
    </>
  );
}
