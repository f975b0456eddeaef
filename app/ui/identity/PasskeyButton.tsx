import { useEffect, useRef, useState } from "react";
import type { MessageKey } from "~/i18n/messages";
import { useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";

/**
 * In a form: asks the browser for a passkey, puts what it answers into the form and sends it. Before scripts
 * run, and where a browser knows no passkeys, words stand in its place.
 *
 * @param work what the browser is asked to do; its answer goes along as JSON
 * @param submit the form's own intent, if it has several
 */
export function PasskeyButton({
  label,
  work,
  cannot,
  failed,
  intent,
}: Readonly<{
  label: string;
  work: () => Promise<object>;
  cannot: MessageKey;
  failed: MessageKey;
  intent?: string;
}>) {
  const t = useT();
  const [can, setCan] = useState(false);
  const [said, setSaid] = useState<"waits" | "failed" | undefined>();
  const answer = useRef<HTMLInputElement>(null);
  const send = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // An address of digits is no name that a passkey can be made for.
    setCan(
      "PublicKeyCredential" in window &&
        window.isSecureContext &&
        !/^[\d.]+$|^\[/.test(window.location.hostname),
    );
  }, []);
  const ask = async () => {
    setSaid("waits");
    try {
      const answered = await work();
      if (!answer.current || !send.current) return;
      answer.current.value = JSON.stringify(answered);
      setSaid(undefined);
      answer.current.form?.requestSubmit(send.current);
    } catch {
      // Broken off, or nothing there that fits: which of them it was the browser tells nobody.
      setSaid("failed");
    }
  };

  if (!can) return <p className="text-muted">{t(cannot)}</p>;
  return (
    <>
      <input type="hidden" name="passkey" ref={answer} />
      <button
        type="submit"
        ref={send}
        hidden
        {...(intent === undefined ? {} : { name: "intent", value: intent })}
      />
      <Button type="button" disabled={said === "waits"} onClick={() => void ask()}>
        {label}
      </Button>
      <p role="status" className={said === "failed" ? "font-semibold text-danger" : "text-muted"}>
        {said === "waits" ? t("account.passkeyWaits") : said === "failed" ? t(failed) : null}
      </p>
    </>
  );
}
