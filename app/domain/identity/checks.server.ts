import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";
import { oneOf } from "~db/schema/columns";
import { SECOND_ADMIN_ROLES } from "~db/schema/identity";

export const IDENTITY_CHECKS: readonly Check[] = [
  {
    name: "identity.accounts",
    guarantees:
      "each account has as many entries in the journal as it counts, and every one of them is an account's",
    examined: sql`select count(*) as examined from app_user`,
    violations: sql`
      select u.id::text || ' counts ' || u.version || ', journal says ' || coalesce(j.last, 0) as what
      from app_user u left join (select entity_id, max(entity_version) as last from journal where entity = 'account' group by entity_id) j on j.entity_id = u.id
      where u.version <> coalesce(j.last, 0)`,
  },
  {
    name: "identity.left",
    guarantees:
      "of whoever left nothing personal is kept: no address, number, real name, phone, credit code, password, second step, session, link, letter, role or shown name (R-043)",
    examined: sql`select count(*) as examined from app_user where left_at is not null`,
    violations: sql`
      select u.id::text as what from app_user u
      where u.left_at is not null
        and (u.email not like 'left:%'
             or exists (select 1 from donor_profile p where p.user_id = u.id and (p.real_name_sealed is not null or p.phone_sealed is not null or p.credit_code is not null))
             or exists (select 1 from account_phone p where p.user_id = u.id)
             or exists (select 1 from credential c where c.user_id = u.id)
             or exists (select 1 from session s where s.user_id = u.id)
             or exists (select 1 from second_factor f where f.user_id = u.id)
             or exists (select 1 from passkey p where p.user_id = u.id)
             or exists (select 1 from passkey_challenge p where p.user_id = u.id)
             or exists (select 1 from recovery_code r where r.user_id = u.id)
             or exists (select 1 from sign_in_step i where i.user_id = u.id)
             or exists (select 1 from one_time_link l where l.user_id = u.id)
             or exists (select 1 from message m where m.user_id = u.id)
             or exists (select 1 from role_grant g where g.user_id = u.id and g.revoked_at is null)
             or exists (select 1 from gift g where g.donor_id = u.id and g.display_name is not null))`,
  },
  {
    name: "identity.closed",
    guarantees: "a closed account has no session, no link and no second step that open anything (R-043)",
    examined: sql`select count(*) as examined from app_user where disabled_at is not null`,
    violations: sql`
      select u.id::text as what from app_user u
      where u.disabled_at is not null
        and (exists (select 1 from session s where s.user_id = u.id and s.ended_at is null)
             or exists (select 1 from second_factor f where f.user_id = u.id)
             or exists (select 1 from passkey p where p.user_id = u.id)
             or exists (select 1 from passkey_challenge p where p.user_id = u.id)
             or exists (select 1 from sign_in_step i where i.user_id = u.id)
             or exists (select 1 from one_time_link l where l.user_id = u.id and l.closed_at is null))`,
  },
  {
    name: "identity.second_step",
    guarantees:
      "whoever has a second step, an app or a passkey, has their ten recovery codes, used or not, and nobody else has any; a sign-in waits for those alone who have one",
    examined: sql`select (select count(*) from second_factor) + (select count(*) from passkey) as examined`,
    violations: sql`
      with owner as (select user_id from second_factor where confirmed_at is not null union select user_id from passkey),
           codes as (select user_id, count(*) as has from recovery_code group by user_id)
      select coalesce(o.user_id, c.user_id)::text || ' has ' || coalesce(c.has, 0) || ' codes' as what
      from owner o full join codes c on c.user_id = o.user_id
      where coalesce(c.has, 0) <> case when o.user_id is null then 0 else 10 end
      union all
      select 'step ' || i.id::text from sign_in_step i where not exists (select 1 from owner o where o.user_id = i.user_id)`,
  },
  {
    name: "identity.passkeys",
    guarantees:
      "nobody has more than ten passkeys, and a challenge for one to sign is of the account whose session or sign-in it belongs to",
    examined: sql`select (select count(*) from passkey) + (select count(*) from passkey_challenge) as examined`,
    violations: sql`
      select user_id::text || ' has ' || count(*) as what from passkey group by user_id having count(*) > 10
      union all
      select 'challenge ' || c.id::text from passkey_challenge c
      left join session s on s.id = c.session_id
      left join sign_in_step i on i.id = c.sign_in_step_id
      where coalesce(s.user_id, i.user_id) is distinct from c.user_id`,
  },
  {
    name: "identity.step_resets",
    guarantees:
      "every second step that an admin reset since two are needed was asked for by one and agreed to by another",
    examined: sql`select count(*) as examined from step_reset`,
    violations: sql`
      select j.id::text as what from journal j
      where j.entity = 'account' and j.event = 'account.reset_second_step' and j.actor_role = 'admin' and j.recorded_at > (select min(created_at) from step_reset)
        and not exists (select 1 from step_reset s where s.user_id = j.entity_id and s.state = 'approved' and s.decided_by = j.actor_id)`,
  },
  {
    name: "identity.invitations",
    guarantees:
      "whoever accepted an invitation got its role from the admin who invited them, or it waits for a second one",
    examined: sql`select count(*) as examined from invitation where closed_why = 'accepted'`,
    violations: sql`
      select i.id::text as what from invitation i
      where i.closed_why = 'accepted'
        and not exists (select 1 from role_grant g where g.user_id = i.accepted_by and g.role = i.role and g.scope_kind = i.scope_kind and g.scope_id = i.scope_id)
        and not exists (select 1 from role_proposal p where p.user_id = i.accepted_by and p.role = i.role and p.scope_kind = i.scope_kind and p.scope_id = i.scope_id)`,
  },
  {
    name: "identity.confirmed",
    guarantees:
      "an account whose address nobody confirmed has no session, no role, no gift and nothing on its way (R-026)",
    examined: sql`select count(*) as examined from app_user where mail_confirmed_at is null`,
    violations: sql`
      select u.id::text as what from app_user u
      where u.mail_confirmed_at is null
        and (exists (select 1 from session s where s.user_id = u.id)
             or exists (select 1 from role_grant g where g.user_id = u.id)
             or exists (select 1 from role_proposal p where p.user_id = u.id)
             or exists (select 1 from pledge p where p.donor_id = u.id)
             or exists (select 1 from offer o where o.donor_id = u.id))`,
  },
  {
    name: "identity.reached",
    guarantees:
      "every account has a mail address or a number by which its person comes in, and whoever works here has an address (R-026)",
    examined: sql`select count(*) as examined from app_user`,
    violations: sql`
      select u.id::text as what from app_user u
      where u.email is null
        and (not exists (select 1 from account_phone p where p.user_id = u.id)
             or exists (select 1 from role_grant g where g.user_id = u.id and g.role <> 'donor' and g.revoked_at is null))`,
  },
  {
    name: "identity.second_admin",
    guarantees:
      "every role that moves money or gives roles, and was given by an admin, was proposed by that one and approved by another (R-026)",
    examined: sql`select count(*) as examined from role_grant where granted_by is not null and ${oneOf(sql`role`, SECOND_ADMIN_ROLES)}`,
    violations: sql`
      select g.id::text as what from role_grant g
      where g.granted_by is not null and ${oneOf(sql`g.role`, SECOND_ADMIN_ROLES)}
        and not exists (
          select 1 from role_proposal p where p.user_id = g.user_id and p.role = g.role and p.scope_kind = g.scope_kind and p.scope_id = g.scope_id
            and p.state = 'approved' and p.proposed_by = g.granted_by and p.decided_by = g.approved_by)`,
  },
  {
    name: "identity.letters",
    guarantees: "a letter that was sent keeps no address, and addresses that are still needed are sealed",
    examined: sql`select count(*) as examined from message`,
    violations: sql`
      select id::text as what from message
      where to_sealed is not null and sent_at is not null
      union all
      select id::text from one_time_link where new_mail_sealed not like 'v1:%'
      union all
      select id::text from invitation where mail_sealed not like 'v1:%'`,
  },
];
