import { account } from './account.ts';
import { common } from './common.ts';
import { connection } from './connection.ts';
import { counts } from './counts.ts';
import { exits } from './exits.ts';
import { explain } from './explain.ts';
import { gateway } from './gateway.ts';
import { help } from './help.ts';
import { mail } from './mail.ts';
import { options } from './options.ts';
import { reasons } from './reasons.ts';
import { rotation } from './rotation.ts';
import { secret } from './secret.ts';
import { server } from './server.ts';
import { start } from './start.ts';
import { token } from './token.ts';
import { usage } from './usage.ts';
import { verifier } from './verifier.ts';

export const chinese = {
  account,
  common,
  connection,
  counts,
  exits,
  explain,
  gateway,
  help,
  mail,
  options,
  reasons,
  rotation,
  secret,
  server,
  start,
  token,
  usage,
  verifier,
};
