export * from './answer.ts';
export * from './body.ts';
export * from './error.ts';
export * from './query.ts';
export * from './statistics.ts';
export * from './token.ts';
