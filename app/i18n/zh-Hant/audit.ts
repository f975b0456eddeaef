export const audit = {
  title: "查閲記錄",
  lead: "誰在什麼時候、為什麼打開過受助人資料。",
  who: "誰",
  record: "資料",
  empty: "還沒有人打開過",
};
