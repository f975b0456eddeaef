import { useT } from "~/i18n/useT";
import { TextLink } from "../primitives/Button";
import { Notice } from "../primitives/Page";

type Duplicate = Readonly<{ needCode: string; needId: string | undefined; sameTown: boolean; why: "name" | "phone" | "id_number"; sameThing: boolean }>;

/** Other wishes that may be for the same person: by code and reason only. `compare` leads to both side by side, within the town. */
export function PossibleDuplicates({ title, duplicates, compare }: { title: string; duplicates: readonly Duplicate[]; compare?: (otherId: string) => string }) {
  const t = useT();
  return (
    <Notice tone="wait">
      <p className="font-semibold">{title}</p>
      <ul className="mt-1 list-disc pl-5">
        {duplicates.map((other) => (
          <li key={other.needCode}>
            {other.needCode}：{t(`intake.why_${other.why}`)}
            {other.sameThing ? ` · ${t("intake.sameThing")}` : ""}
            {other.sameTown ? "" : ` · ${t("intake.otherTown")}`}
            {compare && other.needId !== undefined ? (
              <p>
                <TextLink to={compare(other.needId)}>
                  {t("review.compare")}
                  <span className="sr-only"> {other.needCode}</span>
                </TextLink>
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
