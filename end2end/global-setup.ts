// Starts what the tests share, and stops it after the last of them:
//
// * an installation with an organization, an administrator who is signed in, applications, and a second organization,
// * one with the example organization (`nexus demo`), with somebody who is signed in,
// * one that nobody has set up yet.
//
// Sets for the tests:
//   NEXUS_E2E_URL       where the first answers. Given from outside, it is not started, and NEXUS_E2E_SET_UP_LINK sets it up;
//                       what an earlier run has set up is kept.
//   NEXUS_E2E_DATA_DIR  its data folder
//   NEXUS_E2E_PROGRAM   the program's path
// A test that needs an installation of its own takes it from fixtures/own_installation.ts.

import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Authenticator } from './fixtures/authenticator';
import { isDatabaseWithinReach } from './fixtures/database';
import { furnish, letProofStayRecent } from './fixtures/furniture';
import { ADMINISTRATOR_SESSION, EXAMPLE_SESSION, INSPECTED, ORGANIZATION, find, keep, type Description } from './fixtures/installation';
import { launchProgram, type Installation } from './fixtures/program';
import { setUp, signIn } from './fixtures/seed';
import { newPerson } from './fixtures/words';

export default async function prepare(): Promise<() => Promise<void>> {
  await rm(INSPECTED, { recursive: true, force: true });
  await mkdir(path.dirname(ADMINISTRATOR_SESSION), { recursive: true });
  const launched = await Promise.allSettled([
    process.env.NEXUS_E2E_URL ? undefined : launchProgram('server'),
    launchProgram('server-example', { withExample: true }),
    launchProgram('server-first-start'),
  ]);
  const installations = launched.flatMap((launch) => (launch.status === 'fulfilled' && launch.value ? [launch.value] : []));
  const stop = async () => {
    await Promise.all(installations.map((installation) => installation.stop()));
  };
  try {
    const [shared, example, firstStart] = launched.map((launch) => {
      if (launch.status === 'rejected') throw launch.reason;
      return launch.value;
    });
    if (shared) tellTests(shared);
    await furnishShared({ example: await visitExample(example!), firstStartLink: firstStart!.setUpLink });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

function tellTests(shared: Installation): void {
  process.env.NEXUS_E2E_URL = shared.url;
  process.env.NEXUS_E2E_SET_UP_LINK = shared.setUpLink;
  process.env.NEXUS_E2E_DATA_DIR = shared.dataFolder;
  process.env.NEXUS_E2E_PROGRAM = shared.program;
}

/** Makes the organization and the administrator that tests share, unless an earlier run has. */
async function furnishShared(neighbors: Pick<Description, 'example' | 'firstStartLink'>): Promise<void> {
  const earlier = find();
  if (earlier) return keep({ ...earlier, ...neighbors });

  const administrator = newPerson({ firstName: 'Ada', lastName: 'Lindqvist' });
  const setUpLink = process.env.NEXUS_E2E_SET_UP_LINK ?? '';
  const { browser, authenticator, recoveryCodes } = await setUp(setUpLink, administrator, ORGANIZATION);
  await browser.requests.storageState({ path: ADMINISTRATOR_SESSION });
  await browser.close();
  const isFurnished = isDatabaseWithinReach();
  if (isFurnished) {
    furnish();
    letProofStayRecent(administrator.email);
  }
  const url = process.env.NEXUS_E2E_URL ?? '';
  keep({ url, setUpLink, administrator, secret: authenticator.secret, recoveryCodes, isFurnished, ...neighbors });
}

/** Signs in to the example organization as `nexus demo` says. */
async function visitExample({ url, example }: Installation): Promise<Description['example']> {
  const said = (what: string) => new RegExp(`^${what} +(\\S.*)$`, 'm').exec(example)?.[1] ?? '';
  const browser = await signIn(url, said('Username'), said('Password'), new Authenticator(said('Second factor')));
  await browser.requests.storageState({ path: EXAMPLE_SESSION });
  await browser.close();
  return { home: url, members: said('Members') };
}
