export const giving = {
  basketEmpty: "心愿篮是空的。",
  declareNotRelative: "请确认您不是受助人的亲属。",
};
