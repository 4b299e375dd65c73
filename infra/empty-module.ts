/** Stands in bundles for what is never run there: bundle.ts. */
export {};
