import type { start as english } from '../en/start.ts';
import type { Translated } from '../translated.ts';

export const start = {
  placeholder: '',
} satisfies Translated<typeof english>;
