import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { en } from "~/i18n/en/catalogues";
import { aside, clauses, colon, list } from "~/i18n/format";

/** Whole sentences in each language, and pages of samples that only show how a part looks. */
const SENTENCES = /^app\/ui\/(shell\/ErrorPage|gallery\/\w+)\.tsx$/;
const MARKS = /[（）：；、，。！？「」]/;

/**
 * The words of a source file as its reader sees them: strings, pieces of templates and text between tags,
 * never comments or patterns.
 */
function wordsOf(file: string): string[] {
  const words: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node) ||
      ts.isJsxText(node)
    )
      words.push(node.text);
    ts.forEachChild(node, visit);
  };

  visit(
    ts.createSourceFile(
      file,
      readFileSync(file, "utf8"),
      ts.ScriptTarget.Latest,
      true,
      file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
    ),
  );
  return words;
}

test("no page writes Chinese marks itself: its reader may read English", () => {
  const files = ["app/ui", "app/routes"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => /\.tsx?$/.test(file) && !SENTENCES.test(file));
  expect(files.length).toBeGreaterThan(200);
  expect(
    files.flatMap((file) =>
      wordsOf(file)
        .filter((words) => MARKS.test(words))
        .map((words) => `${file}: ${words.trim()}`),
    ),
  ).toEqual([]);
});

test("English messages use the marks of English", () => {
  const chinese = Object.values(en).flatMap((messages) =>
    Object.entries(messages).filter(([, text]) => MARKS.test(text)),
  );
  expect(chinese).toEqual([]);
});

test("words stand together as each language writes it", () => {
  expect([
    list("zh-Hans", ["甲", "乙"]),
    clauses("zh-Hant", ["甲", "乙"]),
    `要问的${aside("zh-Hans", "3")}`,
    `原因${colon("zh-Hans")}太远`,
  ]).toEqual(["甲、乙", "甲；乙", "要问的（3）", "原因：太远"]);
  expect([
    list("en", ["a", "b"]),
    clauses("en", ["a", "b"]),
    `to ask${aside("en", "3")}`,
    `Reason${colon("en")}too far`,
  ]).toEqual(["a, b", "a; b", "to ask (3)", "Reason: too far"]);
});
