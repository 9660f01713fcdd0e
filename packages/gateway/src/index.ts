export { GatewayError, type GatewayErrorCode } from './gateway-error.ts';
export type { GatewayLog } from './gateway-log.ts';
export type { FixedOption, GatewayOptions, ProxyOptions } from './gateway-options.ts';
export { type Reloaded, type RunningGateway, startGateway } from './start-gateway.ts';
