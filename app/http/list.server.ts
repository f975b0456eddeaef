import { DomainError } from "~/domain/kernel/errors";
import type { ListName } from "~db/schema/directory";
import { type AskedFilter, oneWordOf, readQuery } from "./query.server";

/** A word that names one of the two lists. @throws {DomainError} NOT_FOUND for any other */
export function listFrom(word: string | null | undefined): ListName {
  if (word === "government" || word === "social") return word;
  throw new DomainError("NOT_FOUND");
}

/** Which list a file is asked for; with `reply` where the address names another. */
export const askedList = ({
  request,
}: {
  request: Request;
}): AskedFilter<{ readonly list: ListName | undefined }> =>
  readQuery(request, { list: oneWordOf<ListName>(["government", "social"]) });
