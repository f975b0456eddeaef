import { Form } from "@remix-run/react";
import type { MouseEvent } from "react";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { CheckField, ChoiceField, type Reply, TextField } from "~/ui/primitives/Field";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";

/**
 * Past the router, which would wait for a page: a download leaves this one as it is, the chosen files
 * included.
 */
function sendAsItStands(event: MouseEvent<HTMLButtonElement>): void {
  event.preventDefault();
  const { form, formAction } = event.currentTarget;
  if (!form) return;
  form.action = formAction;
  form.submit();
  form.removeAttribute("action");
}

type Props = Readonly<{
  reply: Reply | undefined;
  requestKey: string;
  /** What was chosen when these files were tried out. */
  chosen: Readonly<{ list: string; publish: boolean }> | undefined;
  /** Stands for what was tried out: only that may be written. */
  seen: string | undefined;
  hasNotes: boolean;
}>;

/**
 * A package of another directory: tried out first, then written; everything that was noted can be taken
 * along.
 */
export function HsdsForm({ reply, requestKey, chosen, seen, hasNotes }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <Form method="post" encType="multipart/form-data" className="grid max-w-3xl gap-5">
      <FormErrors reply={reply} />
      <RequestKey value={requestKey} reply={reply} />
      <TextField
        name="files"
        type="file"
        multiple
        label={t("hsds.files")}
        hint={t("hsds.filesHint")}
        accept=".json,.ndjson,.jsonl,.csv,.zip"
        reply={reply}
      />
      <ChoiceField
        name="list"
        label={t("hsds.list")}
        options={(["social", "government"] as const).map((list) => ({
          value: list,
          label: t(`hsds.${list}`),
        }))}
        defaultValue={chosen?.list ?? "social"}
        columns={2}
        reply={reply}
      />
      <CheckField
        name="publish"
        label={t("hsds.publish")}
        hint={t("hsds.publishHint")}
        defaultChecked={chosen?.publish ?? false}
        reply={reply}
      />
      {seen === undefined ? null : <input type="hidden" name="seen" value={seen} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button look={seen === undefined ? "primary" : "secondary"}>{t("hsds.dryRun")}</Button>
        {seen === undefined ? null : (
          <Button name="write" value="yes">
            {t("hsds.write")}
          </Button>
        )}
        {hasNotes ? (
          <Button look="secondary" formAction={paths(locale).hsdsNotes()} onClick={sendAsItStands}>
            {t("hsds.allNotes")}
          </Button>
        ) : null}
      </div>
      {seen === undefined ? null : <p className="text-2 text-muted">{t("hsds.writeHint")}</p>}
    </Form>
  );
}
