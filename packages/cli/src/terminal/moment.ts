/** `2026-11-23 20:48 UTC`: the same for everybody who reads over a shoulder, unlike local time. */
export function showMoment(moment: string | number): string {
  const iso = new Date(moment).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
