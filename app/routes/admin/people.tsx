import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { disableAccount, enableAccount } from "~/domain/identity/closeAccount.server";
import { inviteStaff, openInvitations, withdrawInvitation } from "~/domain/identity/invitations.server";
import { waitingRoles } from "~/domain/identity/roleProposals.server";
import { accountByMail, grantRole, peopleWithRoles, revokeRole } from "~/domain/identity/roles.server";
import { GrantRoleInput } from "~/domain/identity/roleSchemas";
import { DisableInput, ResetStepInput } from "~/domain/identity/schemas";
import { proposeStepReset, waitingStepResets } from "~/domain/identity/stepResets.server";
import { limit } from "~/domain/kernel/limits.server";
import { readMail } from "~/domain/kernel/typed/mail";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { idInQuery } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { inQuery, searchOf } from "~/http/query.server";
import { roleProposalIntents, stepResetIntents } from "~/http/roleProposals.server";
import { asOneOf } from "~/http/who.server";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { OpenInvitations } from "~/ui/identity/OpenInvitations";
import { RoleForm } from "~/ui/identity/RoleForm";
import { RoleHolders } from "~/ui/identity/RoleHolders";
import { WaitingResets } from "~/ui/identity/WaitingResets";
import { WaitingRoles } from "~/ui/identity/WaitingRoles";
import { Button, TextLink } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "identity.peopleTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const email = inQuery(args.request, "who", readMail) ?? "";
    const { next, ...people } = await peopleWithRoles(ctx, {
      email: email === "" ? undefined : email,
      after: idInQuery(args, "after"),
    });
    return {
      // Shown as it was typed, also where it is no address.
      asked: searchOf(args.request).get("who") ?? "",
      ...people,
      next: next && paths(ctx.locale).adminPeople({ who: email, after: next }),
      found: email === "" ? undefined : await accountByMail(ctx, email),
      waiting: await waitingRoles(ctx),
      resets: await waitingStepResets(ctx),
      invitations: await openInvitations(ctx),
      hours: await limit(ctx.db, ctx, "invitationHours"),
      messages: messagesFor(ctx.locale, ["identity", "account", "audit"]),
    };
  });

const Grant = z.object({ grantId: z.uuid() });
const Invitation = z.object({ invitationId: z.uuid() });
const Account = z.object({ userId: z.uuid() });

export const action = (args: RouteArgs) => {
  const back = (ctx: { locale: Parameters<typeof paths>[0] }, key: DoneKey) =>
    doneAt(paths(ctx.locale).adminPeople(), key);
  return act(args, asOneOf("admin"), {
    default: form(GrantRoleInput, async (ctx, input) =>
      back(ctx, (await grantRole(ctx, input)) === "given" ? "done.roleGiven" : "done.roleProposed"),
    ),
    revoke: form(Grant, (ctx, { grantId }) =>
      revokeRole(ctx, grantId).then(() => back(ctx, "done.roleEnded")),
    ),
    invite: form(GrantRoleInput, (ctx, input) =>
      inviteStaff(ctx, input).then(() => back(ctx, "done.invited")),
    ),
    withdraw: form(Invitation, (ctx, { invitationId }) =>
      withdrawInvitation(ctx, invitationId).then(() => back(ctx, "done.invitationWithdrawn")),
    ),
    disable: form(DisableInput, (ctx, { userId, reason }) =>
      disableAccount(ctx, userId, reason).then(() => back(ctx, "done.accountClosed")),
    ),
    resetStep: form(ResetStepInput, (ctx, { userId, stepReason }) =>
      proposeStepReset(ctx, userId, stepReason).then(() => back(ctx, "done.stepResetProposed")),
    ),
    ...roleProposalIntents(back),
    ...stepResetIntents(back),
    enable: form(Account, (ctx, { userId }) =>
      enableAccount(ctx, userId).then(() => back(ctx, "done.accountOpened")),
    ),
  });
};

export default function AdminPeople() {
  const t = useT();
  const locale = useLocale();
  const { asked, rows, places, found, waiting, resets, invitations, hours, next } =
    useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const invited = reply?.values["intent"] === "invite";
  const [replyOfRole, replyOfInvitation] = invited ? [undefined, reply] : [reply, undefined];
  const named = places.map((place) => ({ value: place.where, label: nameIn(locale, place) }));
  const whereOf = (grant: Pick<(typeof rows)[number]["grant"], "scopeKind" | "scopeId">): string =>
    grant.scopeKind === "city"
      ? t("identity.wholeCity")
      : (named.find((place) => place.value === `${grant.scopeKind}:${grant.scopeId}`)?.label ??
        grant.scopeId);
  return (
    <Page title={t("identity.peopleTitle")} lead={t("identity.peopleLead")} wide>
      <p className="mb-5">
        <TextLink to={paths(locale).roleChanges()}>{t("audit.rolesTitle")}</TextLink>
      </p>
      <FormErrors reply={reply} />
      <RoleForm places={named} reply={replyOfRole} button={<Button>{t("identity.giveRole")}</Button>} />
      {waiting.length > 0 ? (
        <Section title={t("identity.waitingRoles")}>
          <WaitingRoles rows={waiting} whereOf={whereOf} />
        </Section>
      ) : null}
      {resets.length > 0 ? (
        <Section title={t("account.waitingResets")}>
          <WaitingResets rows={resets} />
        </Section>
      ) : null}
      <RoleHolders asked={asked} found={found} rows={rows} whereOf={whereOf} next={next} reply={reply} />
      <Section title={t("account.inviteTitle")}>
        <p className="mb-4 max-w-measure text-muted">{t("account.inviteLead", { hours })}</p>
        <RoleForm
          places={named}
          reply={replyOfInvitation}
          button={
            <Button name="intent" value="invite">
              {t("account.invite")}
            </Button>
          }
        />
        <OpenInvitations rows={invitations} whereOf={whereOf} />
      </Section>
    </Page>
  );
}
