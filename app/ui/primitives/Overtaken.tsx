import { useT } from "~/i18n/useT";
import type { Reply } from "./Field";
import { Notice } from "./Page";

const textOf = (value: string | readonly string[] | undefined): string => [value ?? ""].flat().join(" ");

/**
 * Where somebody else did first what a form was for, and there is no form any more: what was typed here,
 * beside what they did with it.
 */
export function Overtaken({
  reply,
  fields,
}: {
  reply: Reply | undefined;
  fields: readonly (readonly [name: string, label: string])[];
}) {
  const t = useT();
  if (!reply?.meanwhile) return null;
  const { beside } = reply.meanwhile;
  return (
    <Notice tone="wait">
      <p className="font-semibold">{t("common.overtaken")}</p>
      <dl className="mt-2 grid gap-3">
        {fields.map(([name, label]) => {
          const theirs = beside[name];
          const mine = theirs?.taken ? "" : textOf(reply.values[name]);
          return (
            <div key={name}>
              <dt className="font-semibold">{label}</dt>
              {theirs ? (
                <dd lang="zh-Hans">
                  {t("common.theirs")} {textOf(theirs.theirs) || t("common.theirsEmpty")}
                </dd>
              ) : null}
              {mine === "" ? null : (
                <dd lang="zh-Hans">
                  {t("common.yours")} {mine}
                </dd>
              )}
            </div>
          );
        })}
      </dl>
    </Notice>
  );
}
