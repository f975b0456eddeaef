export const audit = {
  title: "查阅记录",
  lead: "谁在什么时候、为什么打开过受助人资料。",
  who: "谁",
  record: "资料",
  empty: "还没有人打开过",
};
