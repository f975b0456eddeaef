import { Form } from "@remix-run/react";
import { useT } from "~/i18n/useT";
import { AskFirst } from "~/ui/primitives/AskFirst";
import { Button } from "~/ui/primitives/Button";
import { ChoiceField, type Reply } from "~/ui/primitives/Field";
import { RequestKey } from "~/ui/primitives/FormParts";
import { HappenedField } from "./NumberField";

type Person = Readonly<{ userId: string; displayName: string; isCourier: boolean }>;
type Props = Readonly<{
  state: "packed" | "failed_attempt";
  deliverers: readonly Person[];
  carrierId: string | null;
  now: string;
  requestKey: string;
  reply: Reply | undefined;
}>;

/**
 * Names who carries the parcel: the first time, or once more after nobody was at home. Unpacking is the other
 * way out.
 */
export function DispatchForm({ state, deliverers, carrierId, now, requestKey, reply }: Props) {
  const t = useT();
  const first = state === "packed";
  const people = deliverers.map((person) => ({
    value: person.userId,
    label: person.displayName,
    hint: t(person.isCourier ? "store.courierMark" : "store.caseworkerMark"),
  }));
  return (
    <>
      <Form method="post" className="grid gap-5">
        <ChoiceField
          name="courierId"
          label={t(first ? "store.chooseDeliverer" : "store.anotherDeliverer")}
          hint={t("store.chooseDelivererHint")}
          options={people}
          reply={reply}
          {...(carrierId === null ? {} : { defaultValue: carrierId })}
        />
        {first ? (
          <HappenedField label={t("common.happenedAt")} now={now} reply={reply} />
        ) : (
          <input type="hidden" name="intent" value="try_again" />
        )}
        <RequestKey value={requestKey} reply={reply} />
        <Button wide>{t(first ? "store.handOut" : "store.sendAgain")}</Button>
      </Form>
      {first ? (
        <Form method="post">
          <AskFirst name="intent" value="unpack" label={t("store.unpack")} says={t("store.unpackSays")} />
        </Form>
      ) : null}
    </>
  );
}
