import { ELDERS } from "./finderElders";
import type { Told } from "./finderTold";
import { WORKING_AGE } from "./finderWorkingAge";
import { YOUNG } from "./finderYoung";

/**
 * Fifteen households of different kinds, by the texts of the entries and the values of 2023 (standard 1,201
 * yuan).
 */
export const HOUSEHOLDS: readonly Told[] = [...ELDERS, ...YOUNG, ...WORKING_AGE];
