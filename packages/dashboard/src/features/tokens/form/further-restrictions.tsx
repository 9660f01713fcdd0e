import type { ReactElement } from 'react';
import { EntryField } from './entry-field.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { useTokenFormTexts } from './texts.ts';
import type { TokenDraft } from './token-draft.ts';

/** The part of a token that these fields are about. */
export type FurtherRestrictions = Pick<
  TokenDraft,
  'addresses' | 'resources' | 'iosApps' | 'androidApps' | 'expires'
>;

export interface FurtherRestrictionsProps {
  readonly value: FurtherRestrictions;
  readonly onChange: (change: Partial<FurtherRestrictions>) => void;
}

/** Addresses, resources, applications and expiry. */
export function FurtherRestrictionFields({ value, onChange }: FurtherRestrictionsProps): ReactElement {
  const texts = useTokenFormTexts();
  return (
    <div className="flex flex-col gap-6">
      <ExpiryField expires={value.expires} onChange={(expires) => onChange({ expires })} />
      <EntryField
        kind="addresses"
        label={texts.addresses}
        hint={texts.addressesHint}
        placeholder="203.0.113.0/24"
        entries={value.addresses}
        onChange={(addresses) => onChange({ addresses })}
      />
      <EntryField
        kind="resources"
        label={texts.resources}
        hint={texts.resourcesHint}
        placeholder="/styles/v1/acme"
        entries={value.resources}
        onChange={(resources) => onChange({ resources })}
      />
      <EntryField
        kind="ios"
        label={texts.iosApps}
        hint={texts.iosAppsHint}
        placeholder="com.example.app"
        entries={value.iosApps}
        onChange={(iosApps) => onChange({ iosApps })}
      />
      <EntryField
        kind="android"
        label={texts.androidApps}
        hint={texts.androidAppsHint}
        placeholder="com.example.app"
        entries={value.androidApps}
        onChange={(androidApps) => onChange({ androidApps })}
      />
    </div>
  );
}
