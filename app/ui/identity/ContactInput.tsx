import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { useT } from "~/i18n/useT";
import { type Reply, TextField } from "../primitives/Field";

/** Where a code is to go: a number or an address in one field; an address where no texts can be sent. */
export function ContactInput({
  phoneToo,
  address,
  reply,
}: Readonly<{ phoneToo: boolean; address?: string; reply: Reply | undefined }>) {
  const t = useT();
  return (
    <TextField
      name="contact"
      label={t(phoneToo ? "account.contact" : "identity.email")}
      {...(address === undefined ? {} : { defaultValue: address })}
      maxLength={LENGTHS.mail}
      autoComplete={phoneToo ? "username" : "email"}
      reply={reply}
    />
  );
}
