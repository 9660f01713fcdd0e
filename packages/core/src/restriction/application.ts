/** A mobile application as it names itself in a request; forgeable, so a hint and not a proof. */
export interface AppIdentity {
  readonly platform: 'ios' | 'android';
  readonly bundleId: string;
}
