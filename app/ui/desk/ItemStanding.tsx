import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import type { ItemState } from "~db/schema/directory";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { Notice } from "../primitives/Page";

type Props = Readonly<{
  state: ItemState;
  checkedAt: Date | null;
  checkedByName: string | null;
  isStale: boolean;
  freshDays: number;
}>;

/** Whether everybody sees an item and how old its last check is, with the one step that comes next. */
export function ItemStanding({ state, checkedAt, checkedByName, isStale, freshDays }: Props) {
  const t = useT();
  const locale = useLocale();
  if (state !== "published") {
    return (
      <Standing tone="wait" text={t(state === "draft" ? "desk.draftNotice" : "desk.retiredNotice")}>
        <Button name="intent" value="publish">
          {t(state === "draft" ? "desk.publish" : "desk.publishAgain")}
        </Button>
      </Standing>
    );
  }

  const when = checkedAt && day(locale, checkedAt);
  const checked = when
    ? checkedByName
      ? t("desk.checkedBy", { day: when, who: checkedByName })
      : t("desk.checkedOn", { day: when })
    : t("desk.neverChecked");
  return (
    <Standing
      tone={isStale ? "problem" : "done"}
      text={isStale ? `${checked} · ${t("desk.staleNotice", { days: freshDays })}` : checked}
    >
      <Button look="secondary" name="intent" value="check" icon="check">
        {t("desk.stillRight")}
      </Button>
    </Standing>
  );
}

const Standing = ({
  tone,
  text,
  children,
}: {
  tone: "info" | "wait" | "done" | "problem";
  text: string;
  children: ReactNode;
}) => (
  <Notice tone={tone}>
    <p>{text}</p>
    <Form method="post" className="mt-3">
      {children}
    </Form>
  </Notice>
);

/** Says of an item of another directory that the finder does not speak of it yet. */
export function NotInFinder() {
  const t = useT();
  return (
    <div className="mt-3">
      <Standing tone="info" text={t("desk.notInFinder")}>
        <Button look="secondary" name="intent" value="take_in">
          {t("desk.takeIntoFinder")}
        </Button>
      </Standing>
    </div>
  );
}

/** Takes an item off the public lists, two steps away from a slip of the finger. */
export function RetireForm() {
  const t = useT();
  return (
    <Form method="post" className="mt-10">
      <AskFirst name="intent" value="retire" label={t("desk.retire")} says={t("desk.retireHint")} />
    </Form>
  );
}
