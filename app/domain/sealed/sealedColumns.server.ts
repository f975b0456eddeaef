import type { PgColumn } from "drizzle-orm/pg-core";
import { dataKeyPlace } from "~/domain/kernel/sealing.server";
import { callBacks } from "~db/schema/callBacks";
import { feedbacks, handovers } from "~db/schema/delivery";
import { itemReports } from "~db/schema/directory";
import { accountPhones, entryCodes } from "~db/schema/entry";
import { collections } from "~db/schema/giving";
import { households } from "~db/schema/households";
import { donorProfiles, invitations, oneTimeLinks } from "~db/schema/identity";
import { importRows } from "~db/schema/imports";
import { messages } from "~db/schema/journal";
import { needLines, needs, unfinishedDrafts } from "~db/schema/needs";
import { finderHandovers } from "~db/schema/screening";
import { secondFactors } from "~db/schema/secondStep";

/**
 * A column that the city's master key seals, the key of its rows, and the place that is authenticated with
 * each value.
 */
export type SealedColumn = Readonly<{ column: PgColumn; key: PgColumn; place: (key: string) => string }>;

const under = (key: PgColumn, column: PgColumn, name: string): SealedColumn => ({
  column,
  key,
  place: (id) => `${name}:${id}`,
});

/**
 * Every such column; values in them under a household's own key stay, since that key's wrapped form is among
 * these.
 */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { column: households.dataKeyWrapped, key: households.id, place: dataKeyPlace },
  under(needs.id, needs.wordsSealed, "need.words"),
  under(needLines.id, needLines.detailsSealed, "need_line.details"),
  under(unfinishedDrafts.id, unfinishedDrafts.formSealed, "need_draft.form"),
  under(importRows.id, importRows.contentSealed, "import_row.content"),
  under(feedbacks.id, feedbacks.wordsSealed, "feedback.words"),
  under(handovers.id, handovers.secondWitnessSealed, "handover.second_witness"),
  under(collections.id, collections.whereSealed, "collection.where"),
  under(donorProfiles.userId, donorProfiles.realNameSealed, "donor_profile.real_name"),
  under(donorProfiles.userId, donorProfiles.phoneSealed, "donor_profile.phone"),
  under(accountPhones.id, accountPhones.phoneSealed, "account_phone.phone"),
  under(entryCodes.id, entryCodes.contactSealed, "entry_code.contact"),
  under(secondFactors.userId, secondFactors.secretSealed, "second_factor.secret"),
  under(oneTimeLinks.id, oneTimeLinks.newMailSealed, "one_time_link.new_mail"),
  under(invitations.id, invitations.mailSealed, "invitation.mail"),
  under(messages.id, messages.toSealed, "message.to"),
  under(messages.id, messages.linkSealed, "message.link"),
  under(itemReports.id, itemReports.wordsSealed, "item_report.words"),
  under(callBacks.id, callBacks.askedSealed, "call_back.asked"),
  under(callBacks.id, callBacks.saidSealed, "call_back.said"),
  under(finderHandovers.id, finderHandovers.answersSealed, "finder_handover.answers"),
];

/** Sealed columns that a household's own key alone seals. */
export const UNDER_HOUSEHOLDS: readonly string[] = [
  "household.contact_sealed",
  "household.circumstances_sealed",
  "household.identity_sealed",
  "recipient_request.words_sealed",
  "recipient_request.answer_sealed",
  "referral.asked_sealed",
];
