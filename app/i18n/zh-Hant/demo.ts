export const demo = {
  mailTitle: "演示信箱",
  mailLeadTo: "演示系統不向外發信。寄到 {email} 的註冊信在這裏。",
  open: "打開演示信箱",
  mailLead: "演示系統不向外發信，寫給您的信都在這裏。",
};
