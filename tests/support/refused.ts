import { DomainError } from "~/domain/kernel/errors";

/** The code with which somebody was refused; what is no refusal is thrown on. */
export function codeOf(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  throw error;
}
