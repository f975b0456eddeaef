import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { STAFF_ROLES } from "~/domain/identity/roleVocabulary";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useT } from "~/i18n/useT";
import { type Reply, SelectField, TextField } from "../primitives/Field";
import { roleKey } from "../shell/roleKey";

type Place = Readonly<{ value: string; label: string }>;

/** Somebody's address, a role, and where it holds. */
export function RoleForm({
  places,
  reply,
  button,
}: {
  places: readonly Place[];
  reply: Reply | undefined;
  button: ReactNode;
}) {
  const t = useT();
  return (
    <Form method="post" className="grid items-start gap-4 sm:grid-cols-[2fr_1fr_2fr_auto] elder:grid-cols-1">
      <TextField
        name="email"
        maxLength={LENGTHS.mail}
        type="email"
        label={t("identity.email")}
        autoComplete="off"
        reply={reply}
      />
      <SelectField
        name="role"
        label={t("identity.role")}
        empty=""
        options={STAFF_ROLES.map((role) => ({ value: role, label: t(roleKey(role)) }))}
        reply={reply}
      />
      <SelectField
        name="where"
        label={t("identity.where")}
        empty=""
        options={[{ value: "city", label: t("identity.wholeCity") }, ...places]}
        reply={reply}
      />
      <div className="self-end">{button}</div>
    </Form>
  );
}
