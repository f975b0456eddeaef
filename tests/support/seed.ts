import fc from "fast-check";

// The seed of the run, which its first line names: what a property made up once, it makes up again.
fc.configureGlobal({ seed: parseInt(process.env.TEST_SEED ?? "0", 10) });
