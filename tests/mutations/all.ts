import { CORE } from "./core";
import { DELIVERY } from "./delivery";
import { FINDER } from "./finder";
import type { Mutation } from "./mutation";

export const MUTATIONS: readonly Mutation[] = [...CORE, ...DELIVERY, ...FINDER];
