export const giving = {
  basketEmpty: "心願籃是空的。",
  declareNotRelative: "請確認您不是受助人的親屬。",
};
