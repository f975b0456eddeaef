import "../../domain/needs/use.server";
export const card = 1;
