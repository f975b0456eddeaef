import "../needs/b";
export const kernel = 1;
