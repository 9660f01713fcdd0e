import type { Messages } from '@latchkey/wire/messages';
import type { Explanation } from '@latchkey/wire/native';
import type { Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';

/**
 * Draws the verdict, every check with its mark, what the first failing one saw and wanted, and the smallest fix.
 * Reasons and checks that this version does not know are shown as the server told them.
 */
export function drawExplanation(explanation: Explanation, text: Messages, paint: Paint): string {
  const { allowed, status, reason } = explanation;
  const verdict = allowed
    ? paint.green(text.explain.allowed)
    : paint.red(text.explain.refused({ status, reason: reason ?? '' }));
  const blocks = [[verdict], [routeLine(explanation, text)], drawTrace(explanation, text, paint)];
  if (!allowed) blocks.push(drawHelp(explanation, text, paint));
  if (explanation.exposedInUrl) blocks.push([paint.yellow(text.explain.exposed)]);
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function routeLine({ route, requires }: Explanation, text: Messages): string {
  if (route === null && requires.length === 0) return text.explain.noRoute;
  const scopes = requires.length === 0 ? text.explain.anyToken : text.common.list(requires);
  if (route === null) return `${text.token.scopes}: ${scopes}`;
  const { service, path, methods } = route;
  return text.explain.route({ method: methods.join('|'), path, service, scopes });
}

function drawTrace({ trace }: Explanation, text: Messages, paint: Paint): string[] {
  const first = trace.find((step) => step.outcome === 'failed');
  return trace.flatMap((step) => {
    const name = nameOf(step.check, text.explain.check);
    if (step.outcome === 'skipped') return [paint.dim(`  – ${name}`)];
    if (step.outcome === 'passed') return [`  ${paint.green('✓')} ${name}`];
    const mark = step === first ? paint.dim(`  ← ${text.explain.firstFailure}`) : '';
    return [
      `  ${paint.red('✗')} ${paint.bold(name)}${mark}`,
      `      ${text.explain.saw}${printable(step.saw)}`,
      `      ${text.explain.wants}${printable(step.wants)}`,
    ];
  });
}

function drawHelp(explanation: Explanation, text: Messages, paint: Paint): string[] {
  const help = lookUp(text.reasons, explanation.reason ?? '');
  const [, scope] = /with (\S+) scope/.exec(explanation.message ?? '') ?? [];
  const withScope = (sentence: string) =>
    sentence.replaceAll('{scope}', scope ?? text.common.list(explanation.requires));
  const isShown = explanation.trace.some((step) => step.saw === explanation.detail);
  const lines = [
    [text.explain.why, help && withScope(help.sentence)],
    [text.explain.seen, isShown ? null : explanation.detail],
    [text.explain.fix, help ? withScope(help.fix) : explanation.fix],
  ] as const;
  return lines.flatMap(([name, line]) => (line ? [`${paint.bold(name)}${printable(line)}`] : []));
}

function nameOf(check: string, names: Readonly<Record<string, string>>): string {
  return lookUp(names, check) ?? check;
}

function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
