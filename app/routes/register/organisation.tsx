import { useActionData, useLoaderData } from "@remix-run/react";
import { isNameIn } from "~/domain/kernel/own";
import { decideEntry, endEntry } from "~/domain/register/decideEntry.server";
import { enterEntry } from "~/domain/register/enterEntry.server";
import { bodyPage } from "~/domain/register/queries.server";
import { DecideEntryInput, ENTRY_FORMS, type EntryForm as Which } from "~/domain/register/schemas";
import type { EntryKind } from "~/domain/register/vocabulary";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { FormErrors } from "~/ui/primitives/FormParts";
import { EmptyState, Page, Section } from "~/ui/primitives/Page";
import { EntryCard } from "~/ui/register/EntryCard";
import { EntryForm } from "~/ui/register/EntryForms";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "register.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await bodyPage(ctx, idFrom(args, "id"))),
    requestKey: ctx.newId(),
    messages: messagesFor(ctx.locale, ["register"]),
  }));

const isForm = (name: unknown): name is Which => typeof name === "string" && isNameIn(ENTRY_FORMS, name);

export const action = (args: RouteArgs) => {
  const id = idFrom(args, "id");
  const decide = (key: DoneKey, how: typeof endEntry) =>
    form(DecideEntryInput, async (ctx, input) => {
      await how(ctx, input);
      return doneAt(paths(ctx.locale).body(id), key);
    });
  return act(args, asOneOf("operator", "admin"), {
    default: form(
      (typed) => {
        const which = typed["form"];
        return ENTRY_FORMS[isForm(which) ? which : "registration"];
      },
      async (ctx, input) => {
        await enterEntry(ctx, id, input);
        return doneAt(paths(ctx.locale).body(id), "done.entryProposed");
      },
    ),
    approve: decide("done.entryApproved", (ctx, input) => decideEntry(ctx, input, "approve")),
    reject: decide("done.entryRejected", (ctx, input) => decideEntry(ctx, input, "reject")),
    end: decide("done.entryEnded", endEntry),
  });
};

/** What each kind of body has, and the forms by which it is entered. */
const SECTIONS: readonly Readonly<{ kind: EntryKind; forms: readonly Which[] }>[] = [
  { kind: "registration", forms: ["registration"] },
  { kind: "fundraising_certificate", forms: ["fundraising_certificate"] },
  { kind: "filing", forms: ["programme", "filing"] },
  { kind: "charity_account", forms: ["charity_account"] },
];

export default function Body() {
  const t = useT();
  const locale = useLocale();
  const { body, name, phone, programmes, entries, requestKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const sections = SECTIONS.filter(({ kind }) => body.kind === "charity" || kind === "registration");
  const waits = (kind: EntryKind) =>
    kind !== "filing" && entries.some((entry) => entry.kind === kind && entry.standing === "proposed");
  return (
    <Page
      title={name ? nameIn(locale, name) : t("register.unnamed")}
      lead={`${t(`register.kind_${body.kind}`)} · ${body.creditCode}`}
      crumbs={[{ label: t("register.title"), to: paths(locale).register() }]}
    >
      {reply && !isForm(reply.values["form"]) ? <FormErrors reply={reply} /> : null}
      {sections.map(({ kind, forms }) => (
        <Section key={kind} title={t(`register.entry_${kind}`)}>
          {entries.some((entry) => entry.kind === kind) ? (
            <ul className="divide-y divide-line overflow-hidden rounded-lg border-(length:--border) border-line bg-surface">
              {entries.map((entry) =>
                entry.kind === kind ? <EntryCard key={entry.id} entry={entry} /> : null,
              )}
            </ul>
          ) : (
            <EmptyState title={t("register.noEntry")} />
          )}
          {forms
            // What somebody typed stays, also when another entry came first and waits now: both stand on the
            // page.
            .filter((which) => !waits(kind) || reply?.values["form"] === which)
            .map((which) =>
              which === "filing" && programmes.length === 0 ? null : (
                <EntryForm
                  key={which}
                  which={which}
                  known={{ name, phone, programmes }}
                  requestKey={requestKey}
                  reply={reply}
                />
              ),
            )}
        </Section>
      ))}
    </Page>
  );
}
