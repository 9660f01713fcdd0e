import { managesRole, ROLES } from '@latchkey/core';
import type { Member } from '@latchkey/wire/native';
import { type ReactElement, useState } from 'react';
import { useSessionTexts } from '../../session/texts.ts';
import { useAccount } from '../../session/use-session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { MemberDialog, type Plan } from './member-dialogs.tsx';
import { useMembersTexts } from './texts.ts';

/** Everybody, with what the reader may do to each of them; what the reader may not is not there. */
export function MemberTable({ members }: { readonly members: readonly Member[] }): ReactElement {
  const texts = useMembersTexts();
  const [plan, setPlan] = useState<Plan | undefined>(undefined);
  return (
    <>
      <Table label={texts.title}>
        <thead>
          <tr>
            <Th>{texts.name}</Th>
            <Th>{texts.role}</Th>
            <Th>{texts.secondFactor}</Th>
            <Th>{texts.joined}</Th>
            <Th>
              <span className="sr-only">{texts.actions}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <MemberRow key={member.person} member={member} onPlan={setPlan} />
          ))}
        </tbody>
      </Table>
      {plan !== undefined && <MemberDialog plan={plan} onClose={() => setPlan(undefined)} />}
    </>
  );
}

interface MemberRowProps {
  readonly member: Member;
  readonly onPlan: (plan: Plan) => void;
}

function MemberRow({ member, onPlan }: MemberRowProps): ReactElement {
  const texts = useMembersTexts();
  const { roles } = useSessionTexts();
  const { role: own } = useAccount();
  const { name, email, role, joined, secondFactor, you } = member;
  const isManaged = managesRole(own, role);
  return (
    <tr>
      <Td>
        <span className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          {you && <Badge tone="accent">{texts.you}</Badge>}
        </span>
        <span className="block text-sm break-all text-soft">{email}</span>
      </Td>
      <Td>
        {isManaged ? (
          <Select
            aria-label={texts.roleOf({ name })}
            className="min-w-32"
            value={role}
            onChange={({ target }) => {
              const next = ROLES.find((each) => each === target.value);
              if (next !== undefined && next !== role) onPlan({ kind: 'change', member, role: next });
            }}
          >
            {ROLES.filter((each) => managesRole(own, each)).map((each) => (
              <option key={each} value={each}>
                {roles[each]}
              </option>
            ))}
          </Select>
        ) : (
          roles[role]
        )}
      </Td>
      <Td>
        <Badge tone={secondFactor ? 'success' : 'neutral'}>{secondFactor ? texts.has : texts.hasNot}</Badge>
      </Td>
      <Td>
        <Time at={joined} as="day" />
      </Td>
      <Td className="text-right">
        {you ? (
          <Button size="small" onClick={() => onPlan({ kind: 'remove', member })}>
            {texts.leave}
          </Button>
        ) : (
          isManaged && (
            <Button
              size="small"
              aria-label={texts.removeWho({ name })}
              onClick={() => onPlan({ kind: 'remove', member })}
            >
              {texts.remove}
            </Button>
          )
        )}
      </Td>
    </tr>
  );
}
