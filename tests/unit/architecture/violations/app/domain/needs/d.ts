import { h } from "../giving/h";

export const d = h;
