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
  /** Ends the program and deletes its data. */
  stop(): Promise<void>;
  /** Ends the program as a service manager does (SIGTERM) or as Ctrl-C does (SIGINT), and keeps its data. */
  end(signal: 'SIGTERM' | 'SIGINT'): Promise<Ended>;
  /** Closes what the program prints to, as when a terminal is closed. */
  closeOutput(): void;
  /** Starts the program again on the data and the port that it had. */
  startAgain(): Promise<void>;
  /** Starts the program a second time on the same data and the same port, and waits for its end. */
  startSecond(): Promise<Ended>;
}

/** How a program ended, and everything that it printed. */
export interface Ended {
  /** Null when it did not end by itself. */
  code: number | null;
  said: string;
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
  await rm(log, { force: true });
  const env = { ...withoutSettings(), NEXUS_LISTEN: `127.0.0.1:${port}`, NEXUS_PUBLIC_URL: url, NEXUS_DATA_DIR: dataFolder };
  const example = withExample ? (await promisify(execFile)(program, ['demo'], { env })).stdout : '';
  const start = async (hasPeople: boolean) => {
    const server = new Server(program, env, log);
    const setUpLink = await server.ready(url, hasPeople);
    return { server, setUpLink };
  };

  let { server, setUpLink } = await start(withExample).catch(async (error: unknown) => {
    await rm(dataFolder, { recursive: true, force: true });
    throw error;
  });
  return {
    url,
    setUpLink,
    example,
    dataFolder,
    program,
    stop: async () => {
      await server.end('SIGTERM');
      await rm(dataFolder, { recursive: true, force: true });
    },
    end: (signal) => server.end(signal),
    closeOutput: () => server.closeOutput(),
    startAgain: async () => {
      ({ server } = await start(true));
    },
    startSecond: () => new Server(program, env, log).ended(),
  };
}

/** The environment without settings of Nexus that would change what is tested. */
function withoutSettings(): NodeJS.ProcessEnv {
  const isSetting = (name: string) =>
    name === 'DATABASE_URL' || (name.startsWith('NEXUS_') && !name.startsWith('NEXUS_E2E_') && name !== 'NEXUS_POSTGRES_BIN');
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

/** A process of the program; its output goes to a file. */
class Server {
  readonly #process: ChildProcess;
  readonly #lines: string[] = [];
  readonly #whenEnded: Promise<void>;
  readonly #endWithUs = () => this.#process.kill('SIGTERM');

  constructor(
    program: string,
    env: NodeJS.ProcessEnv,
    readonly log: string,
  ) {
    this.#process = spawn(program, ['serve'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C reaches the tests, which then stop the program in good order.
      detached: true,
    });
    const file = createWriteStream(log, { flags: 'a' });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        file.write(`${line}\n`);
        this.#lines.push(line);
      });
    }
    // Should this process end before its teardown, the program must not stay behind.
    process.once('exit', this.#endWithUs);
    this.#whenEnded = new Promise((resolve) => {
      this.#process.once('error', (error) => this.#lines.push(String(error)));
      this.#process.once('close', () => {
        process.off('exit', this.#endWithUs);
        file.end();
        resolve();
      });
    });
  }

  /** Waits until the program answers requests, and picks the set-up link from its output; with people there is none. */
  async ready(url: string, hasPeople: boolean): Promise<string> {
    const until = Date.now() + START_WITHIN_MS;
    while (Date.now() < until && this.#isRunning) {
      const link = /https?:\/\/\S*\/set-up\?token=[\w.~%-]+/.exec(this.#said)?.[0] ?? '';
      const isReady = link !== '' || (hasPeople && this.#lines.some((line) => line.startsWith('Nexus is ready')));
      if (isReady && (await answers(url))) return link;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { code, said } = await this.end('SIGTERM');
    throw new Error(`The program was not ready within ${START_WITHIN_MS / 1000} s (code ${code}); see ${this.log}. It said:\n${said.split('\n').slice(-20).join('\n')}`);
  }

  /** Asks the program to end, and ends it by force when it doesn't. */
  async end(signal: 'SIGTERM' | 'SIGINT'): Promise<Ended> {
    if (this.#isRunning && this.#process.pid) {
      // A terminal sends Ctrl-C to everything that was started in it.
      process.kill(signal === 'SIGINT' ? -this.#process.pid : this.#process.pid, signal);
    }
    return this.ended();
  }

  closeOutput(): void {
    this.#process.stdout?.destroy();
    this.#process.stderr?.destroy();
  }

  /** Waits for the end, which comes by force when it does not come by itself. */
  async ended(): Promise<Ended> {
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_WITHIN_MS);
    await this.#whenEnded;
    clearTimeout(timer);
    return { code: this.#process.exitCode, said: this.#said };
  }

  get #isRunning(): boolean {
    return this.#process.pid !== undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  get #said(): string {
    return this.#lines.join('\n');
  }
}

/** Whether the program answers requests. */
async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { redirect: 'manual' });
    return true;
  } catch {
    return false;
  }
}
