import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { ItemState, ListName } from "~db/schema/directory";
import { Button } from "../primitives/Button";
import { SelectField, TextField } from "../primitives/Field";
import { EmptyState, Tag } from "../primitives/Page";
import { Pagination } from "../primitives/Pagination";
import { StaffList } from "../primitives/StaffList";
import { ItemName, type ItemNames } from "./ItemName";

export const STATES = ["draft", "published", "retired"] as const;
export const LIST_NAMES = ["government", "social"] as const;
const TONES = { draft: "wait", published: "done", retired: "info" } as const;

type Row = ItemNames &
  Readonly<{
    id: string;
    list: ListName;
    state: ItemState;
    category: string;
    stale: boolean;
    inFinder: boolean;
  }>;
type Props = Readonly<{
  rows: readonly Row[];
  next: string | undefined;
  filter: Readonly<{ q: string; list: ListName | undefined; state: ItemState | undefined }>;
}>;

/** All items of both lists, to search and to walk through, each with its state. */
export function Browse({ rows, next, filter }: Props) {
  const t = useT();
  const at = paths(useLocale());
  return (
    <>
      <Form
        method="get"
        action={`${at.listsDesk()}#browse`}
        role="search"
        className="no-print mb-5 grid items-end gap-4 sm:grid-cols-[2fr_1fr_1fr_auto] elder:grid-cols-1"
      >
        <TextField
          name="q"
          maxLength={LENGTHS.search}
          type="search"
          label={t("desk.search")}
          defaultValue={filter.q}
        />
        <SelectField
          name="list"
          label={t("desk.list")}
          empty={t("desk.both")}
          defaultValue={filter.list}
          options={LIST_NAMES.map((list) => ({ value: list, label: t(`lists.${list}`) }))}
        />
        <SelectField
          name="state"
          label={t("common.state")}
          empty={t("desk.anyState")}
          defaultValue={filter.state}
          options={STATES.map((state) => ({ value: state, label: t(`desk.state_${state}`) }))}
        />
        <Button icon="search">{t("common.search")}</Button>
      </Form>
      {rows.length === 0 ? <EmptyState title={t("desk.nothingFound")} /> : null}
      {rows.length > 0 ? (
        <StaffList
          rows={rows.map((item) => ({
            key: item.id,
            to: at.deskItem(item.code),
            title: <ItemName item={item} />,
            meta: (
              <>
                {t(`lists.${item.list}`)} ·{" "}
                {item.category === "" ? t("desk.unfiled") : <span lang="zh-Hans">{item.category}</span>}
              </>
            ),
            tag: item.stale ? (
              <Tag tone="problem">{t("desk.state_stale")}</Tag>
            ) : !item.inFinder && item.state === "published" ? (
              <Tag tone="wait">{t("desk.filterWaiting")}</Tag>
            ) : (
              <Tag tone={TONES[item.state]}>{t(`desk.state_${item.state}`)}</Tag>
            ),
          }))}
        />
      ) : null}
      <Pagination label={t("desk.browse")} next={next} />
    </>
  );
}
