import type { Messages } from '@latchkey/wire/messages';
import { Failure } from '../failure.ts';

type Gateway = typeof import('@latchkey/gateway');

/**
 * Loads the gateway's code, for the one command that runs it.
 * @throws Failure where it is not installed
 */
export async function loadGateway({ gateway }: Messages): Promise<Gateway> {
  try {
    return await import('@latchkey/gateway');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing || !error.message.includes('@latchkey/gateway')) throw error;
    const { notInstalled: message, notInstalledFix: fix } = gateway;
    throw new Failure({ exit: 'failed', code: 'gateway_missing', message, fix }, error);
  }
}
