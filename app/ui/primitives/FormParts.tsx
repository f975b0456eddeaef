import { useContext, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useT } from "~/i18n/useT";
import { Icon } from "../icons/Icon";
import { errorTarget, FieldLabels, type Reply } from "./Field";

/**
 * Before the browser paints, so that nobody is read a list that changes at once; on the server, where nothing
 * is painted, React wants the plain one.
 */
const useBeforePaint = typeof document === "undefined" ? useEffect : useLayoutEffect;

/**
 * What the form calls each of these fields: as the server collected it, and in the browser read off the page,
 * for they come after this list.
 */
function useLabels(names: readonly string[]): Readonly<Record<string, string>> {
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>({});
  const collected = useContext(FieldLabels);
  const all = names.join("\n");
  useBeforePaint(() => {
    const labelOf = (name: string) => {
      const field = document.getElementById(errorTarget(name));
      const label =
        field instanceof HTMLFieldSetElement
          ? field.querySelector("legend")
          : (field as HTMLInputElement | null)?.labels?.[0];
      // Its own words, without the mark of what may stay empty.
      return [
        name,
        [...(label?.childNodes ?? [])].find((node) => node.textContent !== "")?.textContent ?? "",
      ] as const;
    };

    setLabels(Object.fromEntries(all.split("\n").map(labelOf)));
  }, [all]);
  return Object.fromEntries(names.map((name) => [name, labels[name] ?? collected?.get(name) ?? ""]));
}

/** What stopped the whole form, at its top, announced and focused, with a link to each field to look at. */
export function FormErrors({ reply }: { reply: Reply | undefined }) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (reply) box.current?.focus();
  }, [reply]);
  const wrong = Object.entries(reply?.errors ?? {}).filter(([, errors]) => errors.length > 0);
  const labels = useLabels(wrong.map(([name]) => name));
  if (!reply) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="flex gap-3 rounded-md border-2 border-danger bg-danger-soft p-4 text-danger"
    >
      <Icon name="warning" className="mt-[0.1em] size-[1.4em]" />
      <div className="min-w-0">
        {reply.formErrors.map(({ message, params }) => (
          <p key={message} className="font-semibold">
            {t(message, params)}
          </p>
        ))}
        {wrong.length > 0 ? (
          <>
            <p>{t("common.fieldsToCorrect", { n: wrong.length })}</p>
            <ul className="mt-1 grid">
              {wrong.map(([name, errors]) => (
                <li key={name}>
                  <a
                    href={`#${errorTarget(name)}`}
                    className="inline-flex min-h-tap items-center underline underline-offset-4"
                    suppressHydrationWarning
                  >
                    {labels[name]
                      ? t("common.errorOf", {
                          field: labels[name] ?? "",
                          error: errors.map((error) => t(error)).join(" "),
                        })
                      : errors.map((error) => t(error)).join(" ")}
                  </a>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
    </div>
  );
}

/** Makes a double tap or a retry harmless; kept when the form comes back with errors. */
export function RequestKey({ value, reply }: { value: string; reply?: Reply | undefined }) {
  const kept = reply?.values["requestKey"];
  return <input type="hidden" name="requestKey" value={typeof kept === "string" ? kept : value} />;
}
