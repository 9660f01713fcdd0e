import { defaultCatalogue, usageOf } from '@latchkey/core';
import { type ReactElement, useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { useGuideTexts } from '../texts.ts';
import { Choice, Demo } from './demo.tsx';

const TASKS = {
  map: ['styles:read', 'styles:tiles', 'fonts:read'],
  upload: ['uploads:write', 'uploads:read'],
  status: ['statistics:read'],
} as const;
const NAMES = ['map', 'upload', 'status'] as const satisfies readonly (keyof typeof TASKS)[];
const GRANTABLE = defaultCatalogue.scopes.filter(({ operatorOnly }) => !operatorOnly).length;

/** A task, the scopes that it needs, and how many it does not need. */
export function RightSize(): ReactElement {
  const texts = useGuideTexts().rightSize;
  const kinds = useGuideTexts().kinds;
  const [task, setTask] = useState<(typeof NAMES)[number]>('map');
  const scopes = defaultCatalogue.scopes
    .map(({ id }) => id)
    .filter((id) => TASKS[task].some((each) => each === id));
  const usage = usageOf(scopes, defaultCatalogue);
  return (
    <Demo label={texts.label}>
      <Choice
        label={texts.task}
        value={task}
        onChange={setTask}
        options={NAMES.map((value) => ({ value, label: texts.tasks[value] }))}
      />
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
        <dt className="text-soft">{texts.needs}</dt>
        <dd className="flex flex-wrap items-center gap-1.5">
          <Badge tone={usage === 'pk' ? 'success' : 'warning'}>{kinds[usage]}</Badge>
          {scopes.map((scope) => (
            <code key={scope} className="rounded-sm bg-sunken px-1.5 text-sm">
              {scope}
            </code>
          ))}
        </dd>
        <dt className="text-soft">{texts.narrow}</dt>
        <dd>{texts.narrowed[task]}</dd>
      </dl>
      <p role="status" className="text-sm text-soft">
        {texts.notNeeded({ count: GRANTABLE - scopes.length })}
      </p>
    </Demo>
  );
}
