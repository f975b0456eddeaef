import { folded } from "./signs";

const NONE =
  /^(?:无|無|没|没有|沒有|暂无|暫無|空|否|不详|不詳|不明|未知|未填|不知道|不清楚|未提供|没提供|(?:无|無|没|没有|沒有|暂无|暫無)(?:手机|手機|电话|電話|座机|号码|號碼|联系方式|聯繫方式)|none|no|n\/?a|nil|null|unknown|[\p{P}\p{S}\s]*)$/iu;

/**
 * Whether what was typed says that there is nothing to write: 无, 没有, 不详, 暂无, n/a, a dash, or nothing
 * at all. Such a value is nobody's.
 */
export const saysNone = (typed: string): boolean => NONE.test(folded(typed));
