// Starts the built program on a free port with an empty data folder, and stops it after the last test.
//
// Sets for the tests:
//   NEXUS_E2E_URL          where the program answers (given from outside, nothing is started)
//   NEXUS_E2E_SET_UP_LINK  the one-time link that makes the first organization
//   NEXUS_E2E_DATA_DIR     the program's data folder, e.g. for `nexus admin`
//   NEXUS_E2E_PROGRAM      the program's path
// The program's own output lies in target/end2end/server.log.
// A test that needs an installation of its own starts one with `launchProgram`.

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 30_000;
const REPORTS = path.resolve(import.meta.dirname, '../target/end2end');

/** A program that runs with a data folder of its own. */
export interface Installation {
  url: string;
  /** Empty when the example organization is filled in. */
  setUpLink: string;
  /** What `nexus demo` said; empty without. */
  example: string;
  dataFolder: string;
  program: string;
  stop(): Promise<void>;
}

export default async function startProgram(): Promise<(() => Promise<void>) | void> {
  await rm(path.join(REPORTS, 'inspected'), { recursive: true, force: true });
  if (process.env.NEXUS_E2E_URL) return;

  const installation = await launchProgram('server');
  process.env.NEXUS_E2E_URL = installation.url;
  process.env.NEXUS_E2E_SET_UP_LINK = installation.setUpLink;
  process.env.NEXUS_E2E_DATA_DIR = installation.dataFolder;
  process.env.NEXUS_E2E_PROGRAM = installation.program;
  return installation.stop;
}

/** Starts the program; its output goes to `<logName>.log`. With the example, `nexus demo` comes before. */
export async function launchProgram(logName: string, withExample = false): Promise<Installation> {
  const log = path.join(REPORTS, `${logName}.log`);
  const program = process.env.NEXUS_E2E_PROGRAM ?? path.resolve(import.meta.dirname, '../target/release/nexus');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'nexus-e2e-'));
  // Started by root, Postgres runs as another user, who must be able to pass.
  await chmod(dataFolder, 0o711);

  await mkdir(REPORTS, { recursive: true });
  const env = { ...withoutSettings(), NEXUS_LISTEN: `127.0.0.1:${port}`, NEXUS_PUBLIC_URL: url, NEXUS_DATA_DIR: dataFolder };
  const example = withExample ? (await promisify(execFile)(program, ['demo'], { env })).stdout : '';
  const server = spawn(program, ['serve'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C reaches the tests, which then stop the program in good order.
    detached: true,
  });
  // Should this process end before its teardown, the program must not stay behind.
  const endWithUs = () => server.kill('SIGTERM');
  process.once('exit', endWithUs);
  const stop = async () => {
    process.off('exit', endWithUs);
    await stopProgram(server);
    await rm(dataFolder, { recursive: true, force: true });
  };

  try {
    const setUpLink = await readSetUpLink(server, log, withExample);
    await answers(url, server, log);
    return { url, setUpLink, example, dataFolder, program, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The environment without settings of Nexus that would change what is tested. */
function withoutSettings(): NodeJS.ProcessEnv {
  const isSetting = (name: string) => name === 'DATABASE_URL' || (name.startsWith('NEXUS_') && !name.startsWith('NEXUS_E2E_'));
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isSetting(name)));
}

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Copies the program's output into the log, and picks the line with the set-up link; with people there is none. */
function readSetUpLink(server: ChildProcess, logPath: string, hasPeople: boolean): Promise<string> {
  const log = createWriteStream(logPath);
  return new Promise((resolve, reject) => {
    const lastLines: string[] = [];
    const timer = setTimeout(() => reject(new Error(`No set-up link within ${START_WITHIN_MS / 1000} s; see ${logPath}`)), START_WITHIN_MS);
    const read = (line: string) => {
      log.write(`${line}\n`);
      lastLines.push(line);
      if (lastLines.length > 20) lastLines.shift();
      const link = /https?:\/\/\S*\/set-up\?token=[\w.~%-]+/.exec(line);
      if (link || (hasPeople && line.startsWith('Nexus is ready'))) {
        clearTimeout(timer);
        resolve(link?.[0] ?? '');
      }
    };
    for (const stream of [server.stdout, server.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', read);
    }
    server.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    server.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`The program ended with code ${code} before it printed a set-up link:\n${lastLines.join('\n')}`));
    });
  });
}

/** Waits until the program answers requests. */
async function answers(url: string, server: ChildProcess, logPath: string): Promise<void> {
  const until = Date.now() + START_WITHIN_MS;
  while (Date.now() < until && server.exitCode === null) {
    try {
      await fetch(url, { redirect: 'manual' });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`The program doesn't answer at ${url}; see ${logPath}`);
}

/** Asks the program to end, and ends it by force when it doesn't. */
async function stopProgram(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const timer = setTimeout(() => server.kill('SIGKILL'), STOP_WITHIN_MS);
  server.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
}
