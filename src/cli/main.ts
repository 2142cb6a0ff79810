#!/usr/bin/env node
import { Argument, Command, CommanderError, Option } from 'commander';
import { toErrorReport } from '../core/contract';
import { doctor } from './commands/doctor';
import { LIST_NAMES, list } from './commands/list';
import { link, report, validate } from './commands/results';
import { run } from './commands/run';
import { EXIT, exitCodeOfError } from './exit';
import { LOCAL_PAGE } from './links';
import { addSpecOptions, collect, parseFormats } from './options';
import { FORMATS } from './reports';

const addChromeOptions = (command: Command) =>
  command
    .option('--chrome <path>', 'the Chrome to use (else CHROME_PATH, else one that is found)')
    .option('--chrome-arg <arg>', 'a flag for Chrome (repeatable; also CHROME_ARGS)', collect)
    .option('--headed', 'show the browser’s window');

const pageUrl = () =>
  new Option('--page-url <url>', 'address of the page that links open').default(LOCAL_PAGE);

/** Runs the command that the arguments name, and gives the exit code. */
async function rooflab(args: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = new Command('rooflab')
    .description('Measures neural network inference in the browser: ONNX models and WebGPU kernels.')
    .version(__ROOFLAB_VERSION__)
    .showHelpAfterError('(rooflab --help shows what there is)')
    .exitOverride();
  const command = (usage: string, description: string) => program.command(usage).description(description);

  addChromeOptions(
    addSpecOptions(command('run [spec]', 'measure: a spec file, a preset, or what the options say')),
  )
    .option('--out <dir>', 'folder for the results (default: results/<time>)')
    .option('--format <list>', 'files to write', parseFormats(FORMATS), [...FORMATS])
    .option('--resume [dir]', 'go on with the newest unfinished run, or the one in a folder')
    .option('--json', 'print the result as one JSON document')
    .addOption(pageUrl())
    .action(async (spec, flags) => {
      exitCode = await run(spec, flags);
    });
  command('list', 'what can be chosen')
    .addArgument(new Argument('<what>').choices(LIST_NAMES))
    .option('--json', 'as one JSON document')
    .action(list);
  addChromeOptions(
    command('doctor', 'what this browser and GPU offer, and what to do where WebGPU is missing'),
  )
    .option('--json', 'as one JSON document')
    .action(async (flags) => {
      exitCode = await doctor(flags);
    });
  command('report <result>', 'a saved result in another format, on stdout')
    .addOption(new Option('--format <format>').choices(FORMATS).makeOptionMandatory())
    .action(report);
  command('link <result>', 'a link that opens a saved result read-only').addOption(pageUrl()).action(link);
  command('validate <file>', 'check a result or a spec against the format').action(async (file) => {
    exitCode = await validate(file);
  });

  await program.parseAsync(args);
  return exitCode;
}

try {
  process.exitCode = await rooflab(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.badInput;
  } else {
    const { code, message, next } = toErrorReport(error);
    console.error(`error: ${message}\nNext: ${next}`);
    process.exitCode = exitCodeOfError(code);
  }
}
