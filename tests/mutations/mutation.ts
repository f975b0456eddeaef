/**
 * One planted fault: the file, the text that stands there once, what a mistake would write instead, and the test file that must then go
 * red (or, of a long file, `only` the cases whose names match).
 */
export type Mutation = Readonly<{ name: string; file: string; from: string; to: string; test: string; only?: string }>;
