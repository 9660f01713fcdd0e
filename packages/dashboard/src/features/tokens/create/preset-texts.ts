import type { Translated } from '@latchkey/wire/messages';
import type { tokenCreate } from '../../../messages/en/token-create.ts';
import type { Preset } from '../form/presets.ts';

export interface PresetText {
  readonly title: string;
  readonly text: string;
}

/** A purpose in a newcomer's words. Writing to a service that takes uploads is called what everybody calls it. */
export function presetText(
  { kind, service }: Preset,
  { presets }: Pick<Translated<typeof tokenCreate>, 'presets'>,
): PresetText {
  if (kind !== 'send' || service === undefined) return kind === 'send' ? presets.own : presets[kind];
  if (service.name === 'uploads') return presets.upload;
  const named = { service: service.title };
  return { title: presets.send.title(named), text: presets.send.text(named) };
}
