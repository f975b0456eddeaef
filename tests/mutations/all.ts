import { CORE } from "./core";
import type { Mutation } from "./mutation";

export const MUTATIONS: readonly Mutation[] = [...CORE];
