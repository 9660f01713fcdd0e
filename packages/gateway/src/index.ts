export { GatewayError, type GatewayErrorCode } from './gateway-error.ts';
export type { GatewayLog } from './gateway-log.ts';
export { type GatewayOptions, type RunningGateway, startGateway } from './start-gateway.ts';
