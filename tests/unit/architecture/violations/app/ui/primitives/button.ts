import "../../domain/needs/b";
export const button = 1;
