/** One planted fault: the file, the text that stands there once, what a mistake would write instead, and the test file that must then go red. */
export type Mutation = Readonly<{ name: string; file: string; from: string; to: string; test: string }>;
