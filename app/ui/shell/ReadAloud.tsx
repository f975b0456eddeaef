import { useEffect, useState } from "react";
import { useLocale, useT } from "~/i18n/useT";
import { Icon } from "../icons/Icon";

const VOICES = { "zh-Hans": "zh-CN", "zh-Hant": "zh-HK", en: "en-GB" } as const;

/** Sentences short enough for every speech engine; some fall silent in the middle of long ones. */
const sentencesOf = (text: string): string[] => text.match(/[^。！？.!?\n]{1,180}[。！？.!?\n]?/g) ?? [];

/**
 * Reads the page aloud, where the device can. Its place is kept from the start, so that nothing jumps;
 * elsewhere it stays unseen.
 */
export function ReadAloud() {
  const t = useT();
  const locale = useLocale();
  const [can, setCan] = useState(false);
  const [reading, setReading] = useState(false);
  useEffect(() => {
    if (!("speechSynthesis" in window)) return;
    setCan(true);
    return () => window.speechSynthesis.cancel();
  }, []);
  const toggle = () => {
    window.speechSynthesis.cancel();
    if (reading) {
      setReading(false);
      return;
    }

    const sentences = sentencesOf(document.getElementById("main")?.innerText ?? "");
    for (const [index, sentence] of sentences.entries()) {
      const words = new SpeechSynthesisUtterance(sentence);
      words.lang = VOICES[locale];
      words.rate = 0.9;
      if (index === sentences.length - 1) words.onend = () => setReading(false);
      window.speechSynthesis.speak(words);
    }

    setReading(sentences.length > 0);
  };

  return (
    <button
      type="button"
      onClick={toggle}
      className={`inline-flex min-h-tap cursor-pointer items-center gap-2 rounded-sm px-2 text-2 text-ink ${can ? "" : "invisible"}`}
    >
      <Icon name={reading ? "stop" : "sound"} />
      {reading ? t("shell.stopReading") : t("shell.readAloud")}
    </button>
  );
}
