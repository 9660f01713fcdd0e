/** Where a gateway tells what people should know; pino fits. Nothing that it gets holds a token's text or a query string. */
export interface GatewayLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
