// Pages in the world: translated by the browser, changed by extensions, with scripts that come late, never, or break.

import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/actors';
import { takenOver } from '../fixtures/a11y';
import { holdBack, marked, translate } from '../fixtures/documents';
import { EXAMPLE_SESSION, ORGANIZATION, get } from '../fixtures/installation';
import { newPerson } from '../fixtures/words';
import { CompletePage, InvitePage } from '../pages/invitations';
import { DeactivatePage, MembersPage } from '../pages/members';
import { OverviewPage } from '../pages/organizations';

const ROOT = `/organizations/${ORGANIZATION.slug}`;
const MODULE = /\/pkg\/nexus\.[0-9a-f]+\.js$/;
const WASM = /\/pkg\/nexus\.[0-9a-f]+\.wasm$/;

test('on a translated page names and menus agree, after searching and leafing, too', async ({ actors }) => {
  const page = await actors.stranger(EXAMPLE_SESSION);
  await page.goto(get().example.members);
  await takenOver(page);
  const isSameDocument = await marked(page);

  await page.evaluate(translate);
  await expectMenusToAgree(page);
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(/[?&]after=/);
  await page.evaluate(translate);
  await expectMenusToAgree(page);
  await page.goBack();
  await expect(page.getByRole('link', { name: 'Previous' })).toHaveCount(0);
  await page.evaluate(translate);
  await page.getByRole('searchbox', { name: 'Search members' }).pressSequentially('an');
  await expect(page).toHaveURL(/search=an/);
  await expect(page.getByText(/\d+ found/)).toBeVisible();
  await expectMenusToAgree(page);
  expect(await isSameDocument()).toBe(true);
});

test('nodes that an extension has put beside inputs and into the page break nothing', async ({ actors }) => {
  const { person, link } = await actors.invited();
  const page = await actors.stranger();
  await page.addInitScript(() => {
    document.addEventListener('readystatechange', () => {
      if (document.readyState !== 'interactive') return;
      for (const input of document.querySelectorAll('input')) input.after(document.createElement('extension-button'), 'hint');
      document.body.prepend(document.createElement('extension-bar'));
      document.body.append(document.createElement('extension-root'), 'stray words');
      document.documentElement.append(document.createElement('extension-overlay'));
    });
  });
  const complete = new CompletePage(page);
  await complete.open(link);
  await expect(page.locator('extension-root')).toBeAttached();
  await takenOver(page);
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(complete.inputs.password).toHaveAttribute('type', 'text');
  await complete.inputs.fill(person);
  await complete.complete.click();
  await new OverviewPage(page, ORGANIZATION).arrived();
  const isSameDocument = await marked(page);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Help' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeFocused();
  expect(await isSameDocument()).toBe(true);
});

test('scripts that come late find what was typed early, and a press before goes the plain way', async ({ actors }) => {
  const page = await actors.administrator();
  const { letThrough } = await holdBack(page, 'GET', WASM);
  await page.goto(`${ROOT}/members`);
  const isFirstDocument = await marked(page);
  await page.getByRole('link', { name: 'Invite Users' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Invite users' })).toBeVisible();
  expect(await isFirstDocument(), 'the press went the plain way').toBe(false);
  const invite = new InvitePage(page, ORGANIZATION);
  const { email } = newPerson();
  await invite.addresses.fill(email);
  await invite.addresses.focus();
  const isSameDocument = await marked(page);
  letThrough();
  await takenOver(page);
  await expect(invite.addresses).toHaveValue(email);
  await expect(invite.addresses).toBeFocused();
  await invite.send.click();
  await invite.resultsArrived();
  await expect(invite.result(email)).toBeVisible();
  expect(await isSameDocument()).toBe(true);
});

for (const [what, prepare] of [
  ['scripts never come', (page: Page) => page.route(MODULE, (route) => route.abort())],
  ['WebAssembly never comes', (page: Page) => page.route(WASM, (route) => route.abort())],
  ['WebAssembly is forbidden', forbidWebAssembly],
] as const) {
  test(`${what}: links, forms, searching and questions work`, async ({ actors }) => {
    actors.complaints.plan(/Failed to load resource|goes on without scripts|wasm-unsafe-eval|WebAssembly|preloaded using link preload|securitypolicyviolation: script-src wasm-eval/);
    const { person } = await actors.user();
    const page = await actors.administrator();
    await prepare(page);
    const members = new MembersPage(page, ORGANIZATION);
    await page.goto(`${ROOT}/members`);
    await members.find(person.email);
    await expect(members.rows).toHaveCount(1);
    await members.inviteUsers.click();
    const invite = new InvitePage(page, ORGANIZATION);
    const { email } = newPerson();
    await invite.addresses.fill(email);
    await invite.send.click();
    await expect(invite.result(email)).toBeVisible();
    await invite.back.click();
    await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible();
    await members.find(person.email);
    await page.getByRole('button', { name: `Actions for ${person.name}` }).click();
    await page.getByRole('main').getByRole('link', { name: 'Deactivate' }).click();
    await expect(page.getByRole('heading', { level: 1, name: `Deactivate ${person.name}?` })).toBeVisible();
    const deactivate = new DeactivatePage(page, person.name);
    await deactivate.confirm.click();
    await expect(deactivate.receipt).toBeVisible();
  });
}

test('when the module breaks, everything goes the plain way from then on', async ({ actors }) => {
  actors.complaints.plan(/panicked|unreachable|RuntimeError/);
  const { person, link } = await actors.invited();
  const page = await actors.stranger();
  await page.addInitScript(() => {
    // Mounting an island needs elements: without them it breaks.
    const create = document.createElement.bind(document);
    document.createElement = (name: string) => {
      if (name === 'p' || name === 'meter' || name === 'span' || name === 'template') throw new Error('no elements');
      return create(name);
    };
  });
  const broke = page.waitForEvent('console', (message) => message.text().includes('panicked'));
  const complete = new CompletePage(page);
  await complete.open(link);
  await broke;
  const isSameDocument = await marked(page);
  await complete.inputs.fill(person);
  await complete.complete.click();
  await new OverviewPage(page, ORGANIZATION).arrived();
  expect(await isSameDocument()).toBe(false);
});

/** The menu of every fourth row is named after its person, and where it has a question, that is about the same person. */
async function expectMenusToAgree(page: Page): Promise<void> {
  const rows = page.getByRole('table', { name: 'Members' }).getByRole('row').filter({ has: page.getByRole('rowheader') });
  const buttons = rows.getByRole('button', { name: /^Actions for / });
  const total = await buttons.count();
  expect(total).toBeGreaterThan(0);
  for (let position = 0; position < total; position += 4) {
    const button = buttons.nth(position);
    const called = ((await button.getAttribute('aria-label')) ?? '').replace('Actions for ', '');
    await expect(rows.filter({ has: page.getByRole('button', { name: `Actions for ${called}`, exact: true }) }).getByRole('rowheader')).toContainText(called);
    await button.click();
    const menu = page.getByRole('menu', { name: `Actions for ${called}`, exact: true });
    const question = menu.getByRole('menuitem', { name: /Deactivate|Cancel invitation/ });
    if ((await question.count()) > 0) {
      await question.first().click();
      await expect(page.getByRole('dialog')).toContainText(called);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await page.keyboard.press('Escape');
  }
}

/** As a browser does that knows no WebAssembly, or a policy that forbids it. */
async function forbidWebAssembly(page: Page): Promise<void> {
  await page.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document') return route.fallback();
    const response = await route.fetch({ maxRedirects: 0 });
    const headers = response.headers();
    await route.fulfill({ response, headers: { ...headers, 'content-security-policy': (headers['content-security-policy'] ?? '').replace("'wasm-unsafe-eval'", '') } });
  });
}
