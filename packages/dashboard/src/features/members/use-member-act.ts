import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sessionQuery } from '../../session/session-query.ts';
import { StepUpDeclined, useStepUp } from '../../session/step-up.tsx';
import { useAccount } from '../../session/use-session.ts';
import { useToast } from '../../ui/toast.tsx';
import { memberActs, membersQuery } from './queries.ts';

export type MemberActs = ReturnType<typeof memberActs>;

export interface MemberAct {
  /** Does it, asks for the password first where the server wants that, and says what was done. */
  run(act: (acts: MemberActs) => Promise<unknown>, done: string): void;
  readonly isBusy: boolean;
  /** Why it could not be done; null: nothing went wrong. */
  readonly error: Error | null;
}

/** @param onDone once it is done and the list is fetched anew */
export function useMemberAct(onDone?: () => void): MemberAct {
  const { name: account } = useAccount();
  const queryClient = useQueryClient();
  const withStepUp = useStepUp();
  const toast = useToast();
  const mutation = useMutation({
    mutationFn: ({ act }: { act: (acts: MemberActs) => Promise<unknown>; done: string }) =>
      withStepUp(() => act(memberActs(account))),
    async onSuccess(_answer, { done }) {
      toast({ text: done });
      onDone?.();
      // One's own role may be another one now, or none.
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      await queryClient.invalidateQueries({ queryKey: membersQuery(account).queryKey });
    },
  });
  return {
    run: (act, done) => mutation.mutate({ act, done }),
    isBusy: mutation.isPending,
    error: mutation.error instanceof StepUpDeclined ? null : mutation.error,
  };
}
