import { useT } from "~/i18n/useT";
import { Icon } from "../icons/Icon";
import { AskFirst } from "../primitives/AskFirst";
import { Button, LinkButton, TextLink } from "../primitives/Button";
import { ThreeNumbers } from "../primitives/Numbers";
import { Card, EmptyState, Facts, Notice, Tag } from "../primitives/Page";
import { Pagination } from "../primitives/Pagination";
import { PhoneLine } from "../primitives/PhoneLine";
import { Quotes } from "../primitives/Quotes";
import { StaffList } from "../primitives/StaffList";
import { Stats } from "../primitives/StatTile";
import { Stepper } from "../primitives/Stepper";
import { Table } from "../primitives/Table";
import { Tabs } from "../primitives/Tabs";
import { Timeline } from "../primitives/Timeline";
import { Sample } from "./Sample";

const ROWS = [
  { code: "W3K9-2", n: 60, left: 12 },
  { code: "W7QD-8", n: 1, left: 0 },
];

/** What shows things: buttons, states, numbers, ways, lists. */
export function ShownSamples({ here, phone }: { here: string; phone: string }) {
  const t = useT();
  const unit = "套";
  return (
    <>
      <Sample name="Button · LinkButton · TextLink · PhoneLine">
        <div className="flex flex-wrap items-center gap-3">
          <Button type="button">{t("giving.submitBasket")}</Button>
          <Button type="button" look="secondary" icon="basket">
            {t("wishes.addToBasket")}
          </Button>
          <Button type="button" look="quiet">
            {t("giving.release")}
          </Button>
          <AskFirst type="button" label={t("giving.remove")} says={t("giving.releaseSays")} />
          <Button type="button" disabled>
            {t("common.save")}
          </Button>
          <LinkButton to={here} look="secondary">
            {t("home.seeAll")} <Icon name="forward" />
          </LinkButton>
          <TextLink to={here} icon="download">
            {t("common.downloadCsv")}
          </TextLink>
          <PhoneLine phone={phone} />
          <PhoneLine phone={phone} label={t("shell.callUs")} big />
        </div>
      </Sample>
      <Sample name="Tag · Notice">
        <div className="mb-4 flex flex-wrap gap-2">
          <Tag tone="wait" sign="heart">
            {t("wishes.stillNeeds", { n: 3, unit })}
          </Tag>
          <Tag tone="info">{t("common.claimed")}</Tag>
          <Tag tone="done">{t("common.delivered")}</Tag>
          <Tag tone="problem">{t("shell.refusedTitle")}</Tag>
        </div>
        <div className="grid gap-3">
          <Notice>{t("giving.basketLead")}</Notice>
          <Notice tone="done">{t("wishes.closedHere")}</Notice>
          <Notice tone="wait">{t("wishes.suspendedHere")}</Notice>
          <Notice tone="problem">{t("giving.goneLine")}</Notice>
        </div>
      </Sample>
      <Sample name="ThreeNumbers · Facts · Card">
        <div className="grid gap-4 sm:grid-cols-2 elder:grid-cols-1">
          <Card>
            <ThreeNumbers
              numbers={{ requested: 60, claimed: 60, received: 31, delivered: 8, held: 0 }}
              unit={unit}
            />
          </Card>
          <Card>
            <ThreeNumbers
              numbers={{ requested: 3, claimed: 1, received: 0, delivered: 0, held: 2 }}
              unit={unit}
            />
          </Card>
          <Card>
            <Facts
              rows={[
                [t("wishes.forWhom"), t("wishes.group_child")],
                [t("wishes.code"), "W3K9-2"],
                [t("wishes.waiting"), t("wishes.waitingDays", { n: 21 })],
              ]}
            />
          </Card>
        </div>
      </Sample>
      <Sample name="Stats">
        <Stats
          stats={[
            { key: "a", value: "321", label: t("home.numberOpen") },
            {
              key: "b",
              value: "¥1,280.50",
              label: t("home.numberClaimed"),
              note: t("home.asOf", { time: "14:30" }),
            },
            { key: "c", value: "12", label: t("home.numberDelivered") },
          ]}
        />
      </Sample>
      <Sample name="Stepper · Timeline">
        <Stepper steps={[t("giving.basketTitle"), t("giving.confirm"), t("common.delivered")]} now={2} />
        <Timeline
          steps={[
            { key: "1", state: "done", title: t("home.how1"), when: "11月3日 10:22" },
            {
              key: "2",
              state: "now",
              title: t("home.how3"),
              when: "11月5日 14:30",
              detail: t("giving.someGone"),
            },
            { key: "3", state: "next", title: t("home.how4") },
          ]}
        />
      </Sample>
      <Sample name="Quotes">
        <Quotes quotes={[{ key: "1", words: "东西收到了，很合用，谢谢。", note: "11月5日" }]} />
      </Sample>
      <Sample name="Tabs · StaffList · Table · Pagination">
        <Tabs
          label={t("common.state")}
          tabs={[
            { to: here, label: t("wishes.kind_goods"), current: true, count: "12" },
            { to: `${here}?kind=service`, label: t("wishes.kind_service"), current: false },
          ]}
        />
        <StaffList
          rows={[
            {
              key: "1",
              to: here,
              title: "W3K9-2",
              meta: t("wishes.waitingDays", { n: 21 }),
              tag: <Tag tone="wait">{t("wishes.waiting")}</Tag>,
            },
            {
              key: "2",
              to: `${here}?2`,
              title: "W7QD-8",
              meta: t("wishes.waitingDays", { n: 3 }),
              tag: <Tag tone="problem">{t("shell.refusedTitle")}</Tag>,
            },
          ]}
        />
        <div className="mt-6">
          <Table
            caption={t("wishes.title")}
            rows={ROWS}
            keyOf={(row) => row.code}
            columns={[
              { head: t("wishes.code"), cell: (row) => row.code },
              { head: t("common.quantity"), cell: (row) => row.n, numeric: true },
              { head: t("wishes.gap"), cell: (row) => row.left, numeric: true },
            ]}
          />
        </div>
        <Pagination previous={here} next={here} />
      </Sample>
      <Sample name="EmptyState">
        <EmptyState
          title={t("wishes.emptyTitle")}
          action={<LinkButton to={here}>{t("wishes.clear")}</LinkButton>}
        >
          {t("wishes.emptyText")}
        </EmptyState>
      </Sample>
    </>
  );
}
