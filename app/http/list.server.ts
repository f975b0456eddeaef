import { DomainError } from "~/domain/kernel/errors";
import type { ListName } from "~db/schema/directory";

/** A word that names one of the two lists. @throws {DomainError} NOT_FOUND for any other */
export function listFrom(word: string | null | undefined): ListName {
  if (word === "government" || word === "social") return word;
  throw new DomainError("NOT_FOUND");
}
