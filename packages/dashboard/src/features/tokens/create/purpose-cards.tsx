import {
  BarChart3,
  Globe,
  KeyRound,
  type LucideIcon,
  Map as MapIcon,
  Server,
  SlidersHorizontal,
} from 'lucide-react';
import { type ReactElement, useId } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import type { Preset, PresetKind } from '../form/presets.ts';
import { presetText } from './preset-texts.ts';
import { useTokenCreateTexts } from './texts.ts';

const ICONS = {
  map: MapIcon,
  page: Globe,
  send: Server,
  tokens: KeyRound,
  figures: BarChart3,
} as const satisfies Record<PresetKind, LucideIcon>;

/** Stands for choosing the scopes by hand. */
export const OWN_CHOICE = 'own';

export interface PurposeCardsProps {
  readonly presets: readonly Preset[];
  /** A preset's id, or {@link OWN_CHOICE}; undefined: nothing is chosen yet. */
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** What a token can be for, as cards of which one is chosen. */
export function PurposeCards({ presets, chosen, onChoose }: PurposeCardsProps): ReactElement {
  const texts = useTokenCreateTexts();
  const name = useId();
  return (
    <fieldset className="grid gap-2.5 sm:grid-cols-2">
      <legend className="sr-only">{texts.purpose}</legend>
      {presets.map((preset) => {
        const { title, text } = presetText(preset, texts);
        return (
          <Card
            key={preset.id}
            name={name}
            title={title}
            text={text}
            icon={ICONS[preset.kind]}
            isChosen={chosen === preset.id}
            onChoose={() => onChoose(preset.id)}
            mark={
              <Badge tone={preset.usage === 'pk' ? 'success' : 'accent'}>{texts.makes[preset.usage]}</Badge>
            }
          />
        );
      })}
      <Card
        name={name}
        title={texts.presets.own.title}
        text={texts.presets.own.text}
        icon={SlidersHorizontal}
        isChosen={chosen === OWN_CHOICE}
        onChoose={() => onChoose(OWN_CHOICE)}
        mark={null}
      />
    </fieldset>
  );
}

function Card({
  name,
  title,
  text,
  icon: Icon,
  isChosen,
  onChoose,
  mark,
}: {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly icon: LucideIcon;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly mark: ReactElement | null;
}): ReactElement {
  const id = useId();
  return (
    <div className="relative flex rounded-lg border border-line has-checked:border-accent-ink has-checked:bg-accent-soft/60 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink">
      <input
        id={id}
        type="radio"
        name={name}
        checked={isChosen}
        onChange={onChoose}
        aria-describedby={`${id}-text`}
        className="absolute top-3.5 right-3.5 size-4 focus-visible:outline-none"
      />
      <label htmlFor={id} className="flex flex-1 cursor-pointer gap-3 p-3.5 pr-10">
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-soft" />
        <span className="flex min-w-0 flex-col items-start gap-1">
          <span className="font-medium">{title}</span>
          <span id={`${id}-text`} className="text-sm text-soft">
            {text}
          </span>
          {mark}
        </span>
      </label>
    </div>
  );
}
