import { ACCOUNTS } from "./accounts";
import { CLOCKS } from "./clocks";
import { CORE } from "./core";
import { DELIVERY } from "./delivery";
import { EDGE } from "./edge";
import { ENTRY } from "./entry";
import { FILES } from "./files";
import { FINDER } from "./finder";
import { IMPORTS } from "./imports";
import { MOMENTS } from "./moments";
import { MONEY } from "./money";
import type { Mutation } from "./mutation";
import { OPEN_ACCOUNT } from "./openAccount";
import { PRIVACY } from "./privacy";
import { PROMISES } from "./promises";
import { PUBLIC_PAGES } from "./publicPages";
import { REPLICA } from "./replica";
import { SURFACE } from "./surface";
import { TOGETHER } from "./together";
import { TOUCHED } from "./touched";
import { TYPED } from "./typed";
import { WORDS } from "./words";
import { YEARS } from "./years";

export const MUTATIONS: readonly Mutation[] = [
  ...ACCOUNTS,
  ...CLOCKS,
  ...CORE,
  ...DELIVERY,
  ...EDGE,
  ...ENTRY,
  ...OPEN_ACCOUNT,
  ...PUBLIC_PAGES,
  ...FINDER,
  ...FILES,
  ...IMPORTS,
  ...MOMENTS,
  ...MONEY,
  ...PRIVACY,
  ...PROMISES,
  ...REPLICA,
  ...SURFACE,
  ...TOUCHED,
  ...TOGETHER,
  ...TYPED,
  ...WORDS,
  ...YEARS,
];
