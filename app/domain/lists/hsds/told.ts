import type { HsdsImportAnswer } from "./importHsds.server";
import { tally } from "./notes";

const MOST_NOTES = 100;
const MOST_CHANGES = 50;

/**
 * What a page holds of an import's answer, with how much there is of each. Made where the import was:
 * tens of thousands of notes are not handed on only to be counted.
 */
export const toldOnPage = ({ notes, changes, ...answer }: HsdsImportAnswer) => ({
  ...answer,
  changes: changes.slice(0, MOST_CHANGES),
  allChanges: changes.length,
  notes: notes.slice(0, MOST_NOTES),
  allNotes: notes.length,
  reasons: tally(notes),
});

export type ToldOnPage = ReturnType<typeof toldOnPage>;
