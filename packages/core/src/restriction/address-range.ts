/** An address range, compiled. IPv4-mapped IPv6 ranges are held as the IPv4 range that they map. */
export interface AddressRange {
  /** Canonical: `203.0.113.7`, `10.0.0.0/8`, `2001:db8::/32`. */
  readonly text: string;
  /** Four bytes (IPv4) or sixteen (IPv6), most significant first. */
  readonly bytes: readonly number[];
  /** Length of the prefix in bits. */
  readonly bits: number;
}
