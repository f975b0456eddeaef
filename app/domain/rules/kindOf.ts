import { type ChoiceFact, type FactName, FACTS, type NumberFact, type YesNoFact } from "./facts";

/** Of which kind a fact is. Beside the facts, since the finder weighs its bytes and never asks this. */
export const isYesNo = (fact: FactName): fact is YesNoFact => FACTS[fact].kind === "yesno";
export const isChoice = (fact: FactName): fact is ChoiceFact => FACTS[fact].kind === "choice";
export const isNumber = (fact: FactName): fact is NumberFact => FACTS[fact].kind === "number";
