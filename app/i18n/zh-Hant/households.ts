export const households = {
  idNumberWrong: "身份證號碼不對，請核對。",
  giveReason: "請選擇查看的原因。",
};
