export const households = {
  idNumberWrong: "身份证号码不对，请核对。",
  giveReason: "请选择查看的原因。",
};
