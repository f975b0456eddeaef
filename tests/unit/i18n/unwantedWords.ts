import type { Locale } from "~/i18n/locales";

/**
 * A word that readers stumble over, and what the portal says instead. It stands nowhere in the catalogues of
 * its language; `content` says the same of what the portal comes with (lists, kinds, units, towns, wishes of
 * the demo), `rooms` keeps it to some catalogues, and `except` names the messages in which it is right.
 */
export type Unwanted = Readonly<{
  word: RegExp;
  say: string;
  content?: true;
  rooms?: readonly string[];
  except?: readonly string[];
}>;

/** Every settled word of each language, in one place. */
export const UNWANTED: Readonly<Record<Locale, readonly Unwanted[]>> = {
  "zh-Hans": [
    // One word for one act: 认领 chooses, 捐赠 is what is on record.
    { word: /认捐/, say: "认领；捐赠只用于记录" },
    { word: /代购|代买/, say: "采购" },
    { word: /检验/, say: "查验" },
    { word: /送货|配送员|送货的人/, say: "配送、配送志愿者" },
    { word: /(?<!配送)志愿者送/, say: "配送志愿者" },
    { word: /两份清单|两个清单/, say: "两张清单" },
    { word: /条目/, say: "事项" },
    { word: /长者助手/, say: "长者版（长者助手只是那一页的名字）", except: ["shell.elder"] },
    { word: /联合交接/, say: "集中送达日" },
    { word: /交接/, say: "集中送达", rooms: ["jointDays"] },
    // 已收到 of whom? The point has it, or the person.
    { word: /^已收到$/, say: "服务点已收到；已送达；已确认收到" },
    { word: /每件约/, say: "每{unit}约" },
    { word: /^最晚 ?\{day\}$/, say: "请在 {day}前送到" },
    { word: /你们/, say: "您、我们，或说是谁" },
    { word: /版式|明暗/, say: "界面；深色或浅色", content: true },
    { word: /口径|另设计数/, say: "怎么算的；不另外统计", content: true },
    { word: /一路经过/, say: "全过程" },
    { word: /下文期限|要有下文|没帮上，结束/, say: "答复期限；应有答复；未能帮上，结案" },
    { word: /打电话告诉他们|告诉过他们/, say: "待告知的家庭；已告知" },
    { word: /处置/, say: "报损" },
    { word: /请它退出|请进来|改由它/, say: "移出部门；加入部门；定为牵头部门" },
    { word: /报错/, say: "反映问题" },
    { word: /装好时就有|装好以后|系统安装/, say: "系统自带" },
    { word: /收回来|处置掉/, say: "退回入库；报损" },
    { word: /承诺/, say: "已指定用途" },
    { word: /建议给它|不需要（会记录/, say: "建议给这户；不需要（按规定记为放弃开票）" },
    { word: /没有丢失时/, say: "请返回上一页再试一次" },
    { word: /注册成为/, say: "注册" },
    { word: /[「」『』]/, say: "“ ”", content: true },
  ],
  "zh-Hant": [
    // Of each character one form, the one that most readers type.
    {
      word: /[户説閲悦脱税鋭蜕兑牀羣衞卹啓卧温藴醖麪枴賬裡爲綫麽衆僞]/,
      say: "戶說閱悅脫稅銳蛻兌床群衛恤啟臥溫蘊醞麵拐帳裏為線麼眾偽",
      content: true,
    },
    { word: /[“”]/, say: "「」", content: true },
    { word: /天后|銷燬|聯系|週歲/, say: "天後、銷毀、聯繫、周歲", content: true },
    {
      word: /視頻|信息|短信|鏈接|質量|屏幕|登錄|打印|志願者/,
      say: "視像、資訊、短訊、連結、品質、螢幕、登入、列印、義工",
      content: true,
    },
    // In content 設備 is a walking frame, 文件 a paper and 支持 a helping hand: these are words of screens.
    {
      word: /菜單|刷新|導入|導出|模板|粘貼|腳本|取值|默認|搜索|郵箱/,
      say: "選單、重新整理、匯入、匯出、範本、貼上、指令碼、可填的值、預設、搜尋、電郵",
    },
    { word: /設備|文件|支持|程序|界面|保存/, say: "裝置、檔案、支援、程式、介面、儲存" },
  ],
  en: [
    { word: /\bbodies\b/i, say: "organisations" },
    { word: /waiting for a giver|units promised/i, say: "items still needed; items pledged" },
    { word: /open books|open to all|to be helped/i, say: "public accounts; accountability; get help" },
    { word: /no relative/i, say: "I am not related to the recipient" },
    { word: /leave word|rather pay/i, say: "Tell me when payments reopen; Pay instead" },
    { word: /\} to go\b|^to go$/i, say: "still needed" },
    { word: /the way so far|is doing\b/i, say: "Progress" },
    { word: /\bpromise/i, say: "pledge" },
    { word: /\bdeliverers?\b/i, say: "delivery volunteer" },
    { word: /\breleased\b/i, say: "returned to the list" },
    { word: /worth asking for \(/i, say: "You may be able to get" },
    { word: /low-income home\b/i, say: "Low-income household" },
    { word: /joint hand-?over/i, say: "Joint delivery day" },
    { word: /^courier$/i, say: "Delivery volunteer", rooms: ["identity"] },
    {
      word: /\b(entry|entries)\b/i,
      say: "item: an entry is one line of a book",
      rooms: ["desk", "finder", "hsds", "ruleDesk", "sheet"],
    },
  ],
};
