import { CORE } from "./core";
import { FINDER } from "./finder";
import type { Mutation } from "./mutation";

export const MUTATIONS: readonly Mutation[] = [...CORE, ...FINDER];
