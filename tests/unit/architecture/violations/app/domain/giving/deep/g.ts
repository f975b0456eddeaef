import { c } from "../../needs/c";

export const g = c;
