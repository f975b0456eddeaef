import { useEffect, useRef } from "react";
import { useT } from "~/i18n/useT";
import { Icon } from "../icons/Icon";
import type { Reply } from "./Field";

/** What stopped the whole form, at its top, announced and focused, with a count of the fields to look at. */
export function FormErrors({ reply }: { reply: Reply | undefined }) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (reply) box.current?.focus();
  }, [reply]);
  if (!reply) return null;
  const fields = Object.values(reply.errors).filter((errors) => errors.length > 0).length;
  return (
    <div ref={box} role="alert" tabIndex={-1} className="flex gap-3 rounded-md border-2 border-danger bg-danger-soft p-4 text-danger">
      <Icon name="warning" className="mt-[0.1em] size-[1.4em]" />
      <div className="min-w-0">
        {reply.formErrors.map(({ message, params }) => (
          <p key={message} className="font-semibold">
            {t(message, params)}
          </p>
        ))}
        {fields > 0 ? <p>{t("common.fieldsToCorrect", { n: fields })}</p> : null}
      </div>
    </div>
  );
}

/** Makes a double tap or a retry harmless; kept when the form comes back with errors. */
export function RequestKey({ value, reply }: { value: string; reply?: Reply | undefined }) {
  const kept = reply?.values["requestKey"];
  return <input type="hidden" name="requestKey" value={typeof kept === "string" ? kept : value} />;
}
