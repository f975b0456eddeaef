import QRCode from "qrcode";

/**
 * A QR code as one SVG path in a square of `size` modules: drawn on the server, sharp on paper, no script.
 */
export type QrDrawing = Readonly<{ size: number; path: string }>;

/** Draws a plain address, which every phone's camera opens. Error correction M: paper gets creased. */
export function drawQr(text: string): QrDrawing {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
  const { size } = modules;
  const rows = Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_unused, x) => (modules.get(y, x) ? `M${x} ${y}h1v1h-1z` : "")).join(""),
  );
  return { size, path: rows.join("") };
}
