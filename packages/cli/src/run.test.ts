import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { languages, messagesIn } from '@latchkey/wire/messages';
import { describe, expect, it } from 'vitest';
import { exitCodes } from './exit-code.ts';
import { makeProgram } from './program.ts';
import { run } from './run.ts';
import { capturedTerminal } from './testing/captured-terminal.ts';
import { BIN, environment } from './testing/run-latchkey.ts';

async function runHere(args: readonly string[], options: Parameters<typeof capturedTerminal>[0] = {}) {
  const terminal = capturedTerminal(options);
  const code = await run(args, terminal);
  return { code, ...terminal.written };
}

/** Every command that does something, by its full name: `token create`. */
function leaves(command: CommandUnknownOpts, path: readonly string[] = []): string[] {
  if (command.commands.length === 0) return [path.join(' ')];
  return command.commands.flatMap((child) => leaves(child, [...path, child.name()]));
}

const everyCommand = leaves(makeProgram(capturedTerminal(), messagesIn('en'))).filter(
  (name) => name !== 'exit-codes',
);

describe('help', () => {
  it.each(languages)(
    'in %s tells of every command what it does, its options, and gives an example',
    async (language) => {
      const withoutExample = ['logout'];
      for (const name of everyCommand) {
        const { code, out, err } = await runHere([...name.split(' '), '--help', '--lang', language]);
        expect({ name, code, err }).toEqual({ name, code: 0, err: '' });
        const { usageTitle, optionsTitle, examplesTitle } = messagesIn(language).help;
        expect(out).toContain(`${usageTitle} latchkey ${name} `);
        expect(out).toContain(optionsTitle);
        if (!withoutExample.includes(name)) expect(out, name).toContain(`\n${examplesTitle}\n`);
        expect(out, name).not.toContain('undefined');
      }
    },
  );

  it('goes to standard error, with exit code 2, where a command is missing', async () => {
    for (const args of [[], ['token'], ['account']]) {
      const { code, out, err } = await runHere(args);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^Usage: latchkey/);
    }
  });

  it('lists every exit code and what it means', async () => {
    const { code, out } = await runHere(['help', 'exit-codes']);
    expect(code).toBe(0);
    for (const [name, number] of Object.entries(exitCodes)) {
      expect(out).toContain(`  ${number}  ${messagesIn('en').exits[name as keyof typeof exitCodes]}\n`);
    }
  });
});

describe('docs/cli.md', () => {
  it('tells of every command and of every exit code', async () => {
    const docs = await readFile(new URL('../../../docs/cli.md', import.meta.url), 'utf8');
    for (const name of everyCommand) expect(docs).toContain(`latchkey ${name}`);
    for (const [name, number] of Object.entries(exitCodes)) {
      expect(docs).toContain(`| ${number} | ${messagesIn('en').exits[name as keyof typeof exitCodes]} |`);
    }
  });
});

describe('wrong use', () => {
  it.each([
    [['tokn', 'list'], 'There is no command "tokn".', 'Did you mean "token"?'],
    [['token', 'crate'], 'There is no command "crate".', 'Did you mean "create"?'],
    [['token', 'list', '--usge', 'pk'], 'There is no option "--usge" here.', 'Did you mean "--usage"?'],
    [['token', 'show'], 'The argument <id> is missing.', ''],
    [['token', 'list', '--usage'], 'The option "--usage <usage>" wants a value after it.', ''],
    [['scopes', 'extra'], 'There are more arguments than this command takes.', ''],
    [['token', 'list', '--usage', 'xk'], '--usage: "xk" is not one of pk, sk, tk.', ''],
    [['scopes', '--lang', 'fr'], '--lang: "fr" is not a language of these messages; there are en, zh.', ''],
  ])('%j is told in a sentence, with exit code 2', async (args, sentence, hint) => {
    const { code, out, err } = await runHere(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`error: ${sentence}`);
    expect(err).toContain(hint);
  });

  it('is told as JSON to whoever asked for JSON', async () => {
    const { err } = await runHere(['token', 'list', '--usge', 'pk', '--json']);
    expect(JSON.parse(err)).toEqual({
      error: {
        code: 'unknown_option',
        message: 'There is no option "--usge" here.',
        fix: 'Did you mean "--usage"?',
        field: '--usge',
        exitCode: 2,
      },
    });
  });

  it('is told in Chinese to whoever reads Chinese', async () => {
    const { err } = await runHere(['tokn'], { environment: { LANG: 'zh_CN.UTF-8' } });
    expect(err).toBe('错误：没有“tokn”这个命令。\n  您是不是想用“token”？\n');
  });
});

describe('colour', () => {
  const args = ['tokn'];
  const COLOUR = '\u001b[';

  it('is used on a terminal only', async () => {
    expect((await runHere(args, { isTerminal: true })).err).toContain(COLOUR);
    expect((await runHere(args)).err).not.toContain(COLOUR);
    expect((await runHere(['--help'], { isTerminal: true })).out).toContain(COLOUR);
    expect((await runHere(['--help'])).out).not.toContain(COLOUR);
  });

  it.each([
    [{ NO_COLOR: '1' }, []],
    [{ TERM: 'dumb' }, []],
    [{}, ['--no-color']],
  ])('is off with %j %j', async (environment, more) => {
    const { err } = await runHere([...args, ...more], { isTerminal: true, environment });
    expect(err).not.toContain(COLOUR);
  });
});

describe('the published file', () => {
  const start = (version: string, ...args: string[]) => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
    const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
    return spawnSync(process.execPath, ['--import', preload, BIN, ...args], {
      env: environment(),
      encoding: 'utf8',
    });
  };

  it.each(['16.20.2', '18.20.8', '20.11.1'])(
    'says under Node %s what is needed, and does nothing',
    (version) => {
      const { status, stdout, stderr } = start(version, 'scopes');
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain('latchkey needs Node.js 20.12 or newer');
      expect(stderr).toContain(`This is Node.js ${version}`);
    },
  );

  it('runs under Node 20, save for the commands that run the server, which say what they need', () => {
    expect(start('20.12.0', '--version')).toMatchObject({ status: 0, stdout: '0.1.0\n' });
    const { status, stderr } = start('20.12.0', 'serve', '--data', '/nonexistent');
    expect(status).toBe(2);
    expect(stderr).toContain('"latchkey serve" needs Node.js 22.12 or newer; this is 20.12.0.');
  });

  it('has nothing in it that Node 16 cannot parse', async () => {
    const source = await readFile(BIN, 'utf8');
    expect(source).not.toMatch(/\bimport\b[^(]*\bwith\b|\busing\b|import\.meta\.dirname|\?\?=/);
  });
});
