// What every page can do besides links and forms: read itself aloud, print, copy or pass on a link, lead the
// reader to what they have just done, or to what a form that came back has to say, and keep what they type
// while the look changes.

const VOICES = new Map([
  ["zh-Hans", "zh-CN"],
  ["zh-Hant", "zh-HK"],
  ["en", "en-GB"],
]);
const root = document.documentElement;
const canRead = "speechSynthesis" in window;
root.dataset.can = `print ${canRead ? "read" : ""} ${"clipboard" in navigator ? "copy" : ""} ${"share" in navigator ? "share" : ""}`;

/**
 * Sentences short enough for every speech engine; some fall silent in the middle of long ones.
 *
 * @param {string} text
 */
const sentencesOf = (text) => text.match(/[^。！？.!?\n]{1,180}[。！？.!?\n]?/g) ?? [];

/** @param {HTMLElement} button */
function readAloud(button) {
  speechSynthesis.cancel();
  const sentences = sentencesOf(document.getElementById("main")?.innerText ?? "");
  button.toggleAttribute("data-reading", sentences.length > 0 && !button.hasAttribute("data-reading"));
  if (!button.hasAttribute("data-reading")) return;
  for (const [index, sentence] of sentences.entries()) {
    const words = new SpeechSynthesisUtterance(sentence);
    words.lang = VOICES.get(root.lang) ?? "zh-CN";
    words.rate = 0.9;
    if (index === sentences.length - 1) words.onend = () => button.removeAttribute("data-reading");
    speechSynthesis.speak(words);
  }
}

/**
 * What a button holds goes to the clipboard, and the words beside it say so.
 *
 * @param {HTMLElement} button
 */
async function copy({ dataset, parentElement }) {
  await navigator.clipboard.writeText(dataset.url ?? "");
  const said = parentElement?.querySelector("[role=status]");
  if (said) said.textContent = dataset.said ?? "";
}

/**
 * The phone's own sheet, with the page's picture where it takes one and that comes within a second: after
 * that a phone no longer takes the tap for the reader's wish to send something. Whoever shuts the sheet has
 * changed their mind, and nothing is wrong.
 *
 * @param {HTMLElement} button
 */
async function share({ dataset: { url = "", text = "", picture = "" } }) {
  const sent = { url, text };
  try {
    const answer = await fetch(picture, { signal: AbortSignal.timeout(1_000) });
    const blob = await answer.blob();
    const files = [new File([blob], "hongxin.png", blob)];
    if (answer.ok && navigator.canShare({ files })) Object.assign(sent, { files });
  } catch {
    // Then without a picture.
  }

  await navigator.share(sent);
}

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("[data-act]") : null;
  if (!(button instanceof HTMLElement)) return;
  const { act } = button.dataset;
  if (act === "print") window.print();
  else if (act === "copy") void copy(button).catch(() => undefined);
  else if (act === "share") void share(button).catch(() => undefined);
  else if (canRead) readAloud(button);
});
if (canRead) addEventListener("pagehide", () => speechSynthesis.cancel());
const done = document.getElementById("done");
const wrong = document.querySelector("[role=alert][tabindex]");
if (done) done.focus({ preventScroll: true });
else if (wrong instanceof HTMLElement) wrong.focus();

/** What is typed or marked on this page. Only of input fields more than a value is needed. */
const fields = () =>
  /** @type {HTMLInputElement[]} */ ([
    ...document.querySelectorAll(
      "main :is(input:not([type=hidden],[type=file],[type=password]),select,textarea)",
    ),
  ]);
try {
  const kept = sessionStorage;
  const key = location.pathname;
  /** @type {(text: string) => unknown[]} */
  const read = JSON.parse;
  const typed = read(kept.getItem(key) ?? "[]");
  kept.removeItem(key);
  if (typed.length === fields().length)
    for (const [index, field] of fields().entries()) Object.assign(field, typed[index]);
  // With the framework's scripts the page is not loaded anew.
  document.addEventListener("submit", ({ target }) => {
    if (target instanceof Element && target.matches("[data-look]") && !("__remixContext" in window))
      kept.setItem(key, JSON.stringify(fields().map(({ value, checked }) => ({ value, checked }))));
  });
} catch {
  // A browser that stores nothing keeps nothing.
}
