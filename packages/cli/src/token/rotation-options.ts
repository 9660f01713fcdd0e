import { Option } from '@commander-js/extra-typings';
import { type ChangeRotationBody, formatDuration } from '@latchkey/wire/native';
import type { Context } from '../context.ts';
import { optionValues } from '../option-values.ts';

/** `--grace` and `--until-quiet`, of which one may be given. */
export function rotationOptions({ text }: Context) {
  const values = optionValues(text);
  return {
    grace: new Option('--grace <duration>', text.options.grace)
      .argParser(values.duration('--grace'))
      .conflicts('untilQuiet'),
    untilQuiet: new Option('--until-quiet <duration>', text.options.untilQuiet).argParser(
      values.duration('--until-quiet'),
    ),
  };
}

/** @param options in milliseconds */
export function termBody(options: {
  readonly grace?: number | undefined;
  readonly untilQuiet?: number | undefined;
}): ChangeRotationBody {
  const { grace, untilQuiet } = options;
  return {
    ...(grace === undefined ? {} : { grace: formatDuration(grace) }),
    ...(untilQuiet === undefined ? {} : { untilQuiet: formatDuration(untilQuiet) }),
  };
}
