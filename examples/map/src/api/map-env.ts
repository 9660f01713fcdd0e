/** What the token check leaves for the routes. */
export interface MapEnv {
  readonly Variables: {
    /** The account whose token was checked. */
    readonly account: string;
  };
}
