import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import type { MessageKey } from "~/i18n/messages";
import { useT } from "~/i18n/useT";
import { Button, LinkButton } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Notice, Tag } from "../primitives/Page";
import { useLookAgain } from "../primitives/useLookAgain";
import { importTone } from "./ImportsList";

type Shown = Readonly<{
  state: string;
  isOpen: boolean;
  turned: number;
  total: number;
  failure: string | null;
}>;

/** What differs with what is imported. */
type Said = Readonly<{ counts: string; left: string; roleEnded: string; stopHint: string }>;

/** How far an import is, with a button that stops it; without a script its link looks again. */
export function ImportProgress({
  job,
  at,
  said,
  reply,
  children,
}: {
  job: Shown;
  at: string;
  said: Said;
  reply: Reply | undefined;
  children?: ReactNode;
}) {
  const t = useT();
  useLookAgain(job.isOpen);
  return (
    <>
      <FormErrors reply={reply} />
      <div className="grid gap-4">
        <p>
          <Tag tone={importTone(job.state)}>{t(`imports.state_${job.state}` as MessageKey)}</Tag>
        </p>
        <div>
          <p className="font-semibold" id="turned">
            {t("imports.turned", { n: job.turned, total: job.total })}
          </p>
          <progress
            className="mt-2 h-4 w-full appearance-none overflow-hidden rounded-full border-(length:--border) border-line-strong bg-surface [&::-moz-progress-bar]:bg-brand [&::-webkit-progress-bar]:bg-surface [&::-webkit-progress-value]:bg-brand"
            aria-labelledby="turned"
            value={job.turned}
            max={job.total}
          />
        </div>
        <p>{said.counts}</p>
        {job.failure === null ? null : (
          <Notice tone="problem">
            {job.failure === "role_ended" ? said.roleEnded : t("imports.failed_unexpected")}
          </Notice>
        )}
        {!job.isOpen && job.turned < job.total ? <Notice>{said.left}</Notice> : null}
        {job.isOpen ? (
          <>
            <p className="text-muted">{t("imports.goesOn")}</p>
            <Form method="post" className="flex flex-wrap gap-3" aria-describedby="stop-hint">
              <LinkButton to={at} reloadDocument>
                {t("imports.look")}
              </LinkButton>
              <Button look="secondary">{t("imports.stop")}</Button>
            </Form>
            <p className="text-2 text-muted" id="stop-hint">
              {said.stopHint}
            </p>
          </>
        ) : null}
        {children}
      </div>
    </>
  );
}
