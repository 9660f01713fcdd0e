/** Where the feed tells what people should know. pino fits. Nothing that it gets holds a token's text or digest. */
export interface FeedLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
