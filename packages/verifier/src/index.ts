export type { Clock } from './clock.ts';
export type { FetchRouteTableOptions } from './fetch-route-table.ts';
export { fetchRouteTable, fetchServices } from './fetch-route-table.ts';
export type { ChangedGrant } from './replica/changed-grant.ts';
export type { DiskStatus, StaleClass, UsageStatus, VerifierStatus } from './status.ts';
export type { Verifier, VerifierOptions } from './verifier.ts';
export { createVerifier } from './verifier.ts';
export { VERSION } from './version.ts';
