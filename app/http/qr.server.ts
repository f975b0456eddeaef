import QRCode from "qrcode";

/**
 * A QR code as one SVG path in a square of `size` modules: drawn on the server, sharp on paper, no script.
 */
export type QrDrawing = Readonly<{ size: number; path: string }>;

/**
 * Draws a plain address, which every phone's camera opens. Error correction M: paper gets creased. All of
 * it is written as bytes: to look for runs that could be shorter takes as long as half of the drawing.
 */
export function drawQr(text: string): QrDrawing {
  const { modules } = QRCode.create([{ data: text, mode: "byte" }], {
    errorCorrectionLevel: "M",
  });
  const { size } = modules;
  let path = "";
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const from = x;
      while (x < size && modules.get(y, x)) x += 1;
      if (x > from) path += `M${from} ${y}h${x - from}v1h${from - x}z`;
    }
  }

  return { size, path };
}
