import { data } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { lastImports } from "~/domain/imports/queries.server";
import { AT_ONCE } from "~/domain/imports/rows";
import { requireListKeeper } from "~/domain/lists/desk/listKeeper.server";
import { act, load } from "~/http/answer.server";
import { importHsdsAside } from "~/http/aside.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { bytesOf, HsdsUpload } from "~/http/hsdsUpload.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import type { MessageKey } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { HsdsAnswer } from "~/ui/desk/HsdsAnswer";
import { HsdsForm } from "~/ui/desk/HsdsForm";
import { ImportsList } from "~/ui/imports/ImportsList";
import { TextLink } from "~/ui/primitives/Button";
import { Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "hsds.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    requireListKeeper(ctx);
    return {
      imports: await lastImports(ctx, "lists"),
      most: AT_ONCE,
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["desk", "hsds", "imports"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(
    args,
    asOneOf("operator"),
    {
      default: form(HsdsUpload, async (ctx, { list, publish, seen, write, requestKey, files }) => {
        const input = {
          files: await bytesOf(files),
          list,
          publish: publish === "yes",
          seen: write === "yes" ? (seen ?? "") : undefined,
          requestKey,
        };
        const {
          seen: mark,
          jobId,
          ...shown
        } = await importHsdsAside(args.context.runtime.settings, ctx, input);
        if (jobId !== undefined) return doneAt(paths(ctx.locale).listsImport(jobId), "done.importBegun");
        return data({ tried: { shown, seen: mark, list, publish: publish === "yes" } });
      }),
    },
    { files: true },
  );

export default function Hsds() {
  const t = useT();
  const locale = useLocale();
  const { imports, most, requestKey } = useLoaderData<typeof loader>();
  const { tried, reply } = useActionData<typeof action>() ?? {};
  const seen = tried?.shown.written === false ? tried.seen : undefined;
  const api = paths(locale).hsdsApi;
  return (
    <Page wide title={t("hsds.title")} lead={t("hsds.lead")}>
      <Section title={t("hsds.importTitle")}>
        <p className="mb-4 max-w-measure text-muted">
          {t("hsds.importLead")} {t("imports.many", { n: most })} {t("hsds.waiting")}
        </p>
        <HsdsForm
          reply={reply}
          requestKey={requestKey}
          chosen={tried}
          seen={seen}
          hasNotes={(tried?.shown.allNotes ?? 0) > 0}
        />
        {tried ? <HsdsAnswer answer={tried.shown} /> : null}
      </Section>
      <ImportsList
        imports={imports}
        titleOf={({ kind }) => t(`desk.importKind_${kind}` as MessageKey)}
        to={paths(locale).listsImport}
      />
      <Section title={t("hsds.exportTitle")}>
        <p className="max-w-measure text-muted">{t("hsds.exportLead")}</p>
        <ul className="mt-2 grid gap-1">
          <li>
            <TextLink
              reloadDocument
              to={api("/services", { format: "ndjson", full: "true" })}
              download="services.ndjson"
            >
              {t("hsds.exportAll")}
            </TextLink>
          </li>
          <li>
            <TextLink reloadDocument to={api("/services", { full: "true" })}>
              {t("hsds.exportPage")}
            </TextLink>
          </li>
          <li>
            <TextLink reloadDocument to={api("/openapi.json")}>
              {t("hsds.exportOpenApi")}
            </TextLink>
          </li>
        </ul>
      </Section>
    </Page>
  );
}
