import { afterEach, beforeEach, expect, vi } from "vitest";

let said: unknown[][] = [];

beforeEach(() => {
  said = [];
  for (const level of ["error", "warn"] as const) {
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
      said.push(words);
    });
  }
});

// A fault that is only printed is a fault that nobody sees.
afterEach(() => {
  vi.restoreAllMocks();
  expect(said, "something was printed to console.error or console.warn").toEqual([]);
});
