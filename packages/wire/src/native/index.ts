export * from './account.ts';
export * from './audit.ts';
export * from './catalogue.ts';
export * from './explain.ts';
export * from './page.ts';
export * from './problem.ts';
export * from './token.ts';
export * from './verifier.ts';
