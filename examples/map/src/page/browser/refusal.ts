/** An answer of the API that was not what was asked for, as the banner shows it. */
export interface Refusal {
  /** 0 where no answer came. */
  readonly status: number;
  readonly message: string;
  readonly code: string;
  readonly detail: string | undefined;
  /** Without its query, where the token may be. */
  readonly path: string;
}

/** Reads the body of a refusal: `{message, code, detail?}`, or whatever else came. */
export function readRefusal(status: number, url: string, body: string): Refusal {
  const path = new URL(url, location.href).pathname;
  if (status === 0) {
    const detail = 'No answer came: the API is not running, or not reachable from here.';
    return { status, message: 'No answer', code: 'unreachable', detail, path };
  }
  const fields = parseFields(body);
  return {
    status,
    message: fields.message ?? `Status ${status}`,
    code: fields.code ?? 'unknown',
    detail: fields.detail,
    path,
  };
}

/** One call; a failure to reach the API is a refusal too. */
export async function callApi(
  url: string,
  init?: RequestInit,
): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly refusal: Refusal }> {
  try {
    const response = await fetch(url, init);
    const text = await response.text();
    return response.ok ? { ok: true, text } : { ok: false, refusal: readRefusal(response.status, url, text) };
  } catch {
    return { ok: false, refusal: readRefusal(0, url, '') };
  }
}

function parseFields(body: string): Readonly<Partial<Record<'message' | 'code' | 'detail', string>>> {
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json !== 'object' || json === null) return {};
    const text = (name: string) => {
      const value: unknown = Reflect.get(json, name);
      return typeof value === 'string' ? { [name]: value } : {};
    };
    return { ...text('message'), ...text('code'), ...text('detail') };
  } catch {
    return {};
  }
}
