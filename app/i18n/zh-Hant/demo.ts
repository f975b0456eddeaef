export const demo = {
  mailTitle: "演示信箱",
  mailLeadTo: "演示系統不向外發信。發到 {email} 的註冊信和驗證碼在這裏。",
  textTitle: "短訊",
  open: "打開演示信箱",
  mailLead: "演示系統不向外發信，寫給您的信都在這裏。",
};
