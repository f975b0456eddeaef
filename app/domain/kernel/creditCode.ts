const SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/**
 * Whether a unified social credit code is well formed and its check sign right (GB 32100-2015: weights 3^i
 * mod 31).
 */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  const sum = Array.from(code.slice(0, 17)).reduce(
    (total, sign, index) => total + SIGNS.indexOf(sign) * 3 ** index,
    0,
  );
  return SIGNS[(31 - (sum % 31)) % 31] === code[17];
}
