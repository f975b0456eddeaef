import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { publicNeedsOfOrganisation } from "~/domain/needs/publicOrganisationNeeds.server";
import { organisationOfCreditCode } from "~/domain/register/register.server";

const SHOWN = 24;

/**
 * What everybody may know of an organisation: what it is called, its registration, and what it asked for, the
 * newest first. @throws {DomainError} NOT_FOUND for a code that is none's, or of one that was never verified
 */
export async function organisationPage(ctx: UseCaseContext, creditCode: string) {
  const found = await organisationOfCreditCode(ctx.db, ctx.now(), creditCode);
  if (found?.state !== "verified") throw new DomainError("NOT_FOUND");
  const { id, nameHans, nameHant, nameEn, certificateNumber, certificateTo, certified } = found;
  const asked = await publicNeedsOfOrganisation(ctx, id, SHOWN);
  return {
    organisation: { creditCode, nameHans, nameHant, nameEn, certificateNumber, certificateTo, certified },
    waiting: asked.filter(({ isOpen }) => isOpen),
    done: asked.filter(({ isOpen }) => !isOpen),
  };
}
