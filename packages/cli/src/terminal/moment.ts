/** `2026-11-23`, for lists. */
export function showDay(moment: string | number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** `2026-11-23 20:48 UTC`: the same for everybody who reads over a shoulder, unlike local time. */
export function showMoment(moment: string | number): string {
  const iso = new Date(moment).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
