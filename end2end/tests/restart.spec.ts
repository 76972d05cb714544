// Stopping and starting: nothing is lost, nothing stays behind, and nobody starts twice. Each test has an installation of its own.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/own_installation';
import type { Installation } from '../fixtures/program';
import { setUp } from '../fixtures/seed';
import { newPerson } from '../fixtures/words';
import { HomePage } from '../pages/home';
import { MembersPage } from '../pages/members';
import { SetUpPage } from '../pages/set_up';
import { SignInPage } from '../pages/sign_in';
import { CodePage } from '../pages/two_factor';

const ORGANIZATION = { name: 'Millbrook Library', label: 'Organization', slug: 'millbrook-library' };

test('after a restart the organization is there, one can sign in, and no second set-up link is printed', async ({ actors, installation }) => {
  const person = newPerson();
  const { browser, authenticator } = await setUp(installation.setUpLink, person, ORGANIZATION);
  const database = postgresOf(installation);

  const first = await installation.end('SIGTERM');
  expect(first.code, first.said).toBe(0);
  expect(first.said).toContain('/set-up?token=');
  expectStopped(installation, database);

  await installation.startAgain();
  const page = await actors.stranger();
  const signIn = new SignInPage(page);
  await signIn.open();
  await signIn.signIn(person.username, person.password);
  const code = new CodePage(page);
  await code.arrived();
  await code.enter(await authenticator.nextCode());
  const home = new HomePage(page);
  await home.arrived();
  await expect(home.organizations).toContainText(ORGANIZATION.name);
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  await expect(members.row(person.name)).toContainText('Active');

  await test.step('a session from before goes on', async () => {
    const earlier = await actors.stranger(await browser.kept());
    await new MembersPage(earlier, ORGANIZATION).open();
    await leave(earlier);
  });

  await leave(page);
  const second = await installation.end('SIGTERM');
  expect(second.said).toContain('Nexus is ready at');
  expect(second.said).not.toContain('/set-up?token=');
});

test('a second start on the same data ends with a clear message, and the first goes on', async ({ actors, installation }) => {
  const holder = readFileSync(path.join(installation.dataFolder, 'postgres/lock'), 'utf8').trim();
  const second = await installation.startSecond();
  expect(second.code, second.said).toBe(1);
  expect(second.said).toContain(`Nexus is already running on this data directory (process ${holder}): ${installation.dataFolder}`);
  expect(second.said).toContain('Stop it first, or choose another folder with NEXUS_DATA_DIR.');

  const page = await actors.stranger();
  await page.goto(installation.setUpLink);
  await new SetUpPage(page).arrived();
});

test('Ctrl-C ends the program and its database', async ({ installation }) => {
  const database = postgresOf(installation);
  const { code, said } = await installation.end('SIGINT');
  expect(code, said).toBe(0);
  expectStopped(installation, database);
});

test('the program ends when asked to, even when nobody reads what it prints', async ({ installation }) => {
  const database = postgresOf(installation);
  installation.closeOutput();
  const { code } = await installation.end('SIGTERM');
  expect(code, 'it ended by itself').toBe(0);
  expectStopped(installation, database);
});

/** Leaves the site: a page that still loads something would complain about the end of the program. */
async function leave(page: Page): Promise<void> {
  await page.goto('about:blank');
}

/** The process id of the installation's running Postgres. */
function postgresOf(installation: Installation): number {
  const id = Number(readFileSync(postmasterFile(installation), 'utf8').split('\n')[0]);
  expect(isAlive(id), 'Postgres runs').toBe(true);
  return id;
}

function expectStopped(installation: Installation, database: number): void {
  expect(existsSync(postmasterFile(installation)), 'Postgres has put its pid file away').toBe(false);
  expect(isAlive(database), 'Postgres has ended').toBe(false);
}

function postmasterFile(installation: Installation): string {
  return path.join(installation.dataFolder, 'postgres/data/postmaster.pid');
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
