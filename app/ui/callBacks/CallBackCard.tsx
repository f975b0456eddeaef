import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { canonicalPhone } from "~/domain/kernel/typed/phone";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import type { AnswerWay, AskedFor } from "~db/schema/callBackVocabulary";
import { Button } from "../primitives/Button";
import { ChoiceField, type Reply, TextField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Facts, Tag } from "../primitives/Page";
import { PhoneLine } from "../primitives/PhoneLine";

type CallBack = Readonly<{
  id: string;
  code: string;
  version: number;
  state: "waiting" | "in_hand" | "done";
  way: AnswerWay;
  askedFor: AskedFor;
  tries: number;
  createdAt: Date;
  dueAt: Date;
  isLate: boolean;
  openedAt: Date | null;
  openedBy: string | null;
  town: Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
}>;
type Opened = Readonly<{
  name: string;
  phone: string;
  words: string;
  about?: string | undefined;
  /** Words of the try before. */
  noted?: string | undefined;
}>;
type Props = Readonly<{
  row: CallBack;
  mayAnswer: boolean;
  opened: Opened | undefined;
  reply: Reply | undefined;
}>;

const ANSWERS = ["visit", "request", "answered", "no_answer", "wrong_number"] as const;

/** Somebody who waits for a call: who they are shows once it is opened, then what came of it is written. */
export function CallBackCard({ row, mayAnswer, opened, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  const { code, town, way, askedFor, tries, isLate, dueAt, createdAt, state, openedAt, openedBy } = row;
  return (
    <li className="rounded-lg border-(length:--border) border-line bg-surface p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-4">
          {nameIn(locale, town)} <span className="text-2 font-normal text-muted">{code}</span>
        </h2>
        {isLate ? (
          <Tag tone="problem">{t("callBacks.late")}</Tag>
        ) : (
          <Tag tone="wait">{t("callBacks.dueBy", { time: moment(locale, dueAt) })}</Tag>
        )}
      </div>
      <p className="mt-1 font-semibold">
        {[t(`callBacks.way_${way}`), askedFor === "other" ? t("callBacks.forOther") : ""]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <p className="text-2 text-muted">
        {[
          t("callBacks.since", { time: moment(locale, createdAt) }),
          tries > 0 ? t("callBacks.tried", { n: tries }) : "",
          state === "in_hand" && openedAt
            ? t("callBacks.inHand", { who: openedBy ?? "", time: moment(locale, openedAt) })
            : "",
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {opened ? <Told opened={opened} way={way} /> : mayAnswer ? <OpenForm row={row} /> : null}
      {mayAnswer && state === "in_hand" ? <AnswerForm row={row} reply={reply} /> : null}
    </li>
  );
}

function OpenForm({ row: { id, code, way } }: Pick<Props, "row">) {
  const t = useT();
  return (
    <Form method="post" className="mt-3">
      <input type="hidden" name="callBackId" value={id} />
      <Button name="intent" value="open" icon="phone">
        {t(way === "text" ? "callBacks.openText" : "callBacks.open")}
        <span className="sr-only"> {code}</span>
      </Button>
    </Form>
  );
}

function Told({ opened: { name, phone, words, about, noted }, way }: { opened: Opened; way: AnswerWay }) {
  const t = useT();
  // What was typed in full width is shown so, and dialled as a phone knows it.
  const dialled = canonicalPhone(phone) ?? phone;
  return (
    <div className="mt-3 grid gap-3 rounded-md bg-sunken p-4" role="status">
      <Facts
        rows={[
          [t("callBacks.whose"), name],
          ...(about === undefined ? [] : [[t("callBacks.theirOther"), about] as const]),
          [t("callBacks.theirPhone"), phone],
          [t("callBacks.theirWords"), words],
          ...(noted === undefined ? [] : [[t("callBacks.noted"), noted] as const]),
        ]}
      />
      <div>
        {way === "text" ? (
          <a
            href={`sms:${dialled}`}
            className="inline-flex min-h-tap items-center font-semibold text-brand underline underline-offset-4"
          >
            {t("callBacks.write")} {phone}
          </a>
        ) : (
          <PhoneLine phone={dialled} big />
        )}
      </div>
    </div>
  );
}

function AnswerForm({ row, reply }: Pick<Props, "row" | "reply">) {
  const t = useT();
  return (
    <Form method="post" className="mt-4 grid gap-4 border-t border-line pt-4">
      <FormErrors reply={reply} />
      <input type="hidden" name="callBackId" value={row.id} />
      <input type="hidden" name="version" value={row.version} />
      <ChoiceField
        name="answer"
        label={t("callBacks.answer")}
        columns="chips"
        options={ANSWERS.map((answer) => ({ value: answer, label: t(`callBacks.answer_${answer}`) }))}
        reply={reply}
      />
      <TextField
        name="words"
        label={t("callBacks.said")}
        hint={t("callBacks.saidHint")}
        rows={2}
        maxLength={LENGTHS.words}
        optional
        reply={reply}
      />
      <div>
        <Button look="secondary">{t("callBacks.record")}</Button>
      </div>
    </Form>
  );
}
