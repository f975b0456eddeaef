export const delivery = {
  notBelowZero: "不能小于 0。",
};
