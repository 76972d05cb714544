// Going from page to page in one document.

import { expect, test } from '../fixtures/actors';
import { takenOver } from '../fixtures/a11y';
import { countFades, expectFocusSomewhere, marked } from '../fixtures/documents';
import { EXAMPLE_SESSION, ORGANIZATION, get } from '../fixtures/installation';
import { expectTab } from '../fixtures/tabs';
import { AccountPage, ProfileMenu } from '../pages/account';
import { HomePage } from '../pages/home';
import { CompletePage, inviting } from '../pages/invitations';
import { MembersPage } from '../pages/members';
import { OverviewPage } from '../pages/organizations';
import { SignInPage } from '../pages/sign_in';
import { TwoFactorSettingsPage } from '../pages/two_factor';

const ROOT = `/organizations/${ORGANIZATION.slug}`;

test('from signing in to signing out there is one document, and the focus is never lost', async ({ actors }) => {
  const { person, page } = await actors.user();
  const signIn = new SignInPage(page);
  const menu = new ProfileMenu(page);
  const home = new HomePage(page);
  await page.context().clearCookies();
  await signIn.open();
  await signIn.signIn(person.username, person.password);
  await home.arrived();
  const isSameDocument = await marked(page);

  await menu.open();
  await menu.choose(ORGANIZATION.name);
  await menu.launch(ORGANIZATION.name).click();
  await new OverviewPage(page, ORGANIZATION).arrived();
  await expectFocusSomewhere(page);
  await menu.open();
  await menu.menu.getByRole('link', { name: 'My account' }).click();
  await new AccountPage(page).arrived();
  await expectFocusSomewhere(page);
  await menu.open();
  await menu.menu.getByRole('link', { name: 'Help' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeFocused();
  await page.goBack();
  await new AccountPage(page).arrived();
  await expectFocusSomewhere(page);
  await page.getByRole('link', { name: 'Nexus', exact: true }).click();
  await home.arrived();
  expect(await isSameDocument(), 'no page was loaded anew').toBe(true);

  await menu.signOut();
  await signIn.arrived();
  expect(await isSameDocument(), 'the sign-in page is a document of its own').toBe(false);
  await page.goBack();
  await signIn.arrived();
});

test('a link brings title, focus and announcement; Back and Forward bring back where one was', async ({ actors }) => {
  const page = await actors.stranger(EXAMPLE_SESSION);
  const { members: address } = get().example;
  await page.goto(address);
  const list = page.getByRole('table', { name: 'Members' });
  await expect(list).toBeVisible();
  await page.waitForFunction(() => 'isTakenOver' in window);
  const isSameDocument = await marked(page);
  const next = page.getByRole('link', { name: 'Next' });

  await next.scrollIntoViewIfNeeded();
  await next.focus();
  const scrolled = await page.evaluate(() => scrollY);
  expect(scrolled, 'the list is longer than the window').toBeGreaterThan(200);
  const first = await list.getByRole('rowheader').allInnerTexts();
  await next.click();
  await expect(page).toHaveURL(/[?&]after=/);
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeFocused();
  await expect(page.locator('#announcements')).toHaveText(await page.title());
  expect(await page.evaluate(() => scrollY)).toBe(0);
  const second = await list.getByRole('rowheader').allInnerTexts();
  expect(second).not.toEqual(first);

  await page.goBack();
  await expect(page).not.toHaveURL(/[?&]after=/);
  await expect(next).toBeFocused();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(scrolled);
  expect(await list.getByRole('rowheader').allInnerTexts()).toEqual(first);
  await page.goForward();
  await expect(page).toHaveURL(/[?&]after=/);
  await expect.poll(() => list.getByRole('rowheader').allInnerTexts()).toEqual(second);
  expect(await isSameDocument(), 'no page was loaded anew').toBe(true);
});

test('a second press on Next leads one page further', async ({ actors }) => {
  const page = await actors.stranger(EXAMPLE_SESSION);
  await page.goto(`${get().example.members}?size=25`);
  await takenOver(page);
  const isSameDocument = await marked(page);
  const list = page.getByRole('table', { name: 'Members' });
  const names = () => list.getByRole('rowheader').allInnerTexts();
  const first = await names();
  const second = await page.getByRole('link', { name: 'Next' }).evaluate(async (next: HTMLAnchorElement) => {
    const main = document.querySelector('main');
    next.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));
    while (document.querySelector('main') === main) await new Promise((resolve) => setTimeout(resolve, 5));
    const names = [...document.querySelectorAll<HTMLElement>('tbody th')].map((name) => name.innerText);
    const again = [...document.querySelectorAll('a')].find((link) => link.textContent?.trim() === next.textContent?.trim());
    again?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 2 }));
    return names;
  });
  expect(second).not.toEqual(first);
  await expect.poll(names).not.toEqual(second);
  expect(await names()).not.toEqual(first);
  expect(await isSameDocument()).toBe(true);
});

test('a link within the page is left to the browser: what was typed stays', async ({ actors }) => {
  const { page, invite, isSameDocument } = await inviting(actors);
  await invite.send.click();
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' });
  await expect(summary).toBeFocused();
  await invite.role('Administrator').check();
  await summary.getByRole('link').first().click();
  await expect(page).toHaveURL(/#/);
  await expect(invite.addresses).toBeFocused();
  await expect(invite.role('Administrator')).toBeChecked();
  expect(await isSameDocument()).toBe(true);
});

test('a link opens in a new tab where one asks for that', async ({ actors }) => {
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  await members.inviteUsers.click({ modifiers: ['ControlOrMeta'] });
  await expectTab(page, `${ROOT}/members/invite`);
  await members.arrived();
});

test('what was typed comes back with Back; secrets and what was sent do not', async ({ actors }) => {
  const { link } = await actors.invited();
  const page = await actors.stranger();
  const complete = new CompletePage(page);
  await complete.open(link);
  await complete.registrationArrived();
  const isSameDocument = await marked(page);
  await complete.inputs.firstName.fill('Wilhelmina');
  await complete.inputs.password.fill('a password that is kept nowhere');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Help' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();

  await page.goBack();
  await complete.registrationArrived();
  await expect(complete.inputs.firstName).toHaveValue('Wilhelmina');
  await expect(complete.inputs.password).toHaveValue('');
  await expect.poll(() => page.evaluate(() => JSON.stringify(history.state))).toContain('Wilhelmina');
  expect(await page.evaluate(() => JSON.stringify(history.state))).not.toContain('kept nowhere');
  expect(await isSameDocument()).toBe(true);

  await page.reload();
  await complete.registrationArrived();
  await expect(complete.inputs.firstName).toHaveValue('Wilhelmina');
  await expect(complete.inputs.automaticUsername).toBeChecked();
  await expect(complete.inputs.password).toHaveValue('');
});

test('a link to the page that one is on loses nothing of what was typed', async ({ actors }) => {
  const { page } = await actors.user();
  const overview = new OverviewPage(page, ORGANIZATION);
  await overview.open();
  const isSameDocument = await marked(page);
  await overview.message.text.fill('Half a message');
  await overview.tabs.one('Overview').click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(overview.message.text).toHaveValue('Half a message');
  expect(await isSameDocument()).toBe(true);
});

test('what was typed is dropped when somebody signs out', async ({ actors }) => {
  const { person, page } = await actors.user();
  const overview = new OverviewPage(page, ORGANIZATION);
  const signIn = new SignInPage(page);
  await overview.open();
  await overview.message.text.fill('not for everybody');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Help' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await page.goBack();
  await expect(overview.message.text).toHaveValue('not for everybody');
  await page.goForward();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await new ProfileMenu(page).signOut();
  await signIn.arrived();
  await signIn.signIn(person.username, person.password);
  await new HomePage(page).arrived();

  // Over the sign-in page and the guides.
  await page.evaluate(() => history.go(-3));
  await overview.arrived();
  await expect(overview.message.text).toHaveValue('');
});

test('what is shown once is not shown again by Back', async ({ actors }) => {
  const { page } = await actors.user();
  const settings = new TwoFactorSettingsPage(page);
  await settings.open();
  const { recoveryCodes } = await settings.setUp();
  await new HomePage(page).arrived().catch(() => new AccountPage(page).arrived());
  await page.goBack();
  await settings.presentArrived();
  await expect(page.getByText(recoveryCodes[0]!)).toHaveCount(0);
});

test('a page that fades in is as right as one that does not', async ({ actors }) => {
  const page = await actors.administrator();
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  const isSameDocument = await marked(page);
  const fades = await countFades(page);
  await members.inviteUsers.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Invite users' })).toBeFocused();
  await page.goBack();
  await members.arrived();
  await members.tabs.one('Overview').click();
  await new OverviewPage(page, ORGANIZATION).arrived();
  expect(await fades()).toBe(3);
  expect(await isSameDocument()).toBe(true);
});
